"""A plenary on the database: a recommendation made a motion, opened, voted on, closed, published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assemblies.models import Assembly, Member
from assemblies.queries import actor_of
from kernel import clock
from kernel.errors import Refused
from kernel.ids import digest, new_key
from live.log import Answer, Submission, write
from live.models import Words
from plenary import queries, services
from plenary.core.motions import MotionAdd, MotionCertify, MotionClose, MotionOpen, MotionState
from plenary.core.presets import conference
from plenary.core.rules import Rule
from plenary.models import Motion
from plenary.services import Cast
from recommendations.models import Recommendation

CHAIR = "chair"
TITLE = "Domingos sin coches"
TEXT = "Cerrar el centro los domingos."
ELSEWHERE = "room.999999999"
"""A room that no test makes: what comes from it takes the place of nothing that really does."""


def make_recommendation(assembly: Assembly, *, text: str = TEXT, title: str = TITLE) -> Recommendation:
    """A recommendation as a room hands it over, in the assembly's language."""
    keys = {}
    for field, words in (("title", title), ("recommendation", text), ("reasons", "El aire.")):
        keys[field] = new_key()
        Words.objects.create(
            key=keys[field], stream=ELSEWHERE, lang=assembly.lang, text=words, salt="s", digest=digest("s", words)
        )
    return Recommendation.objects.create(
        assembly=assembly, draft=new_key(), version=2, lang=assembly.lang, origin_stream=ELSEWHERE,
        origin_seq=Recommendation.objects.count() + 1, origin_label="Room 1", accepted=3, present=4, at=1, **keys,
    )  # fmt: skip


class Vote:
    """One motion of an assembly, and a clock that started `ago_s` seconds ago."""

    def __init__(
        self,
        assembly: Assembly,
        rule: Rule | None = None,
        *,
        ago_s: int = 0,
        text: str = TEXT,
        others: Sequence[str] = (),
    ) -> None:
        self.assembly = assembly
        self.start = clock.now() - ago_s * 1000
        self.stream = services.create_plenary(assembly.pk)
        self.recommendation = make_recommendation(assembly, text=text)
        further = tuple(make_recommendation(assembly, text=other, title=other).key for other in others)
        self.do(0, MotionAdd(self.recommendation.key, rule or conference(), further))
        self.key = Motion.objects.get(assembly=assembly, recommendation=self.recommendation.key).key

    @property
    def state(self) -> MotionState:
        """The motion now."""
        return queries.state_of(self.assembly.pk).motions[self.key]

    def do(self, second: float, command: Any, *, by: str | None = CHAIR) -> Answer:
        """Submit a command as if it arrived at this second."""
        at = self.start + round(second * 1000)
        answer = write([Submission(self.stream, command, by, None, at)]).answers[0]
        if isinstance(answer, Refused):
            raise answer
        return answer

    def open(self, **opening: int) -> Vote:
        """Open the ballot at second 1."""
        self.do(1, MotionOpen(self.key, **opening))
        return self

    def cast(self, member: Member, choice: str = "yes", electorate: str = "citizens") -> Cast:
        """Cast a ballot as this member."""
        return services.cast_ballot(self.key, actor=actor_of(member), electorate=electorate, choice=choice)

    def close(self) -> Vote:
        """Close the ballot and count."""
        self.do(2, MotionClose(self.key))
        return self

    def certify(self, by: str = CHAIR) -> Vote:
        """Certify the count; the result is published."""
        self.do(3, MotionCertify(self.key), by=by)
        return self

    def document(self) -> dict[str, Any]:
        """The published file."""
        document = Motion.objects.values_list("document", flat=True).get(pk=self.key)
        assert document is not None, "not published"
        return dict(document)
