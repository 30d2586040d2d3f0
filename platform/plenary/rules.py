"""Who may lead the plenary."""

from __future__ import annotations

from assemblies.models import Member
from live.core.actors import Actor

LEADERS = ("chair", "organiser")


def may_lead(actor: Actor) -> bool:
    """Chairs and organisers; facilitators where an assembly has neither."""
    if actor.role in LEADERS:
        return True
    others = Member.objects.filter(assembly=actor.assembly, role__in=LEADERS, removed_at=None)
    return actor.role == "facilitator" and not others.exists()
