"""What the people of the demo's assembly read: two materials, in two of its languages."""

from __future__ import annotations

import json
from pathlib import Path

from learning.core.materials import Content, MaterialAdd, MaterialPublish
from learning.queries import state_of
from learning.services import create_learning
from live.services import submit

MATERIALS = Path(__file__).with_name("materials.json")


def publish_materials(assembly: int) -> None:
    """Write and publish them."""
    stream = create_learning(assembly)
    for each in json.loads(MATERIALS.read_text(encoding="utf-8")):
        submit(stream, MaterialAdd(each.pop("lang"), Content(**each)))
        submit(stream, MaterialPublish(state_of(assembly).materials[-1].key))
