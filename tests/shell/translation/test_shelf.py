"""One bound for everything that all engines of a process have loaded."""

from __future__ import annotations

from pathlib import Path

from tests.shell.translation.test_apertium import hop_of as mode_of
from tests.shell.translation.test_apertium import needs_apertium
from tests.shell.translation.test_argos import hop_of
from translation.apertium import ApertiumEngine
from translation.argos import ArgosEngine
from translation.engine import Workshop
from translation.shelf import Shelf


def test_what_was_longest_unused_is_let_go_of_whichever_engine() -> None:
    shelf, gone = Shelf(10), list[str]()
    for engine, name in (("one", "a"), ("other", "b")):
        shelf.put(engine, name, name.upper(), 4, lambda name=name: gone.append(name))  # type: ignore[misc]
    assert shelf.find("one", "a") == "A"
    shelf.put("other", "c", "C", 4, lambda: gone.append("c"))
    assert (gone, shelf.names) == (["b"], [("one", "a"), ("other", "c")])
    assert shelf.find("other", "b") is None


def test_what_is_larger_than_the_bound_stands_alone() -> None:
    shelf, gone = Shelf(10), list[str]()
    shelf.put("one", "a", 1, 4, lambda: gone.append("a"))
    shelf.put("one", "b", 2, 400, lambda: gone.append("b"))
    assert (gone, shelf.names) == (["a"], [("one", "b")])


def test_an_engine_lets_go_of_its_own_things_alone() -> None:
    shelf, gone = Shelf(10), list[str]()
    for engine in ("one", "other"):
        shelf.put(engine, "a", 1, 1, lambda engine=engine: gone.append(engine))  # type: ignore[misc]
    shelf.drop("one", "b")
    assert gone == []
    shelf.drop("one")
    assert (gone, shelf.names) == (["one"], [("other", "a")])


@needs_apertium
def test_a_model_and_a_pipeline_share_the_bound(packages: Path) -> None:
    workshop = Workshop(packages, memory=1)
    neural, rules = ArgosEngine(workshop), ApertiumEngine(workshop)
    assert neural.translate(hop_of(neural, "es", "ca"), ["gato"]) == ["gat"]
    assert rules.translate(mode_of(rules, "spa-cat"), ["casa"]) == ["casa"]
    assert workshop.shelf.names == [("apertium", "spa-cat")]
    assert neural.translate(hop_of(neural, "es", "ca"), ["gato"]) == ["gat"]
    assert [engine for engine, _name in workshop.shelf.names] == ["argos"]
    rules.close()
