"""Plays the plenary: motions added, opened and closed at their times, ballots cast through the pages."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from rehearsal.amending_play import Amending
from rehearsal.browser import Page
from rehearsal.core.scenario import BallotPlan, Choice, ElectorateRules, MotionPlan, PlenaryRules, Role, StatementPlan
from rehearsal.core.voting import BallotCast, Published
from rehearsal.line import Outcome
from rehearsal.stage import Seat, Stage

WORDS = {Choice.FOR: "yes", Choice.AGAINST: "no", Choice.ABSTAIN: "abstain"}
LEAD_S = 0.3
MARGIN_S = 2.0
"""Real seconds between the last ballot and the closing with which the clock may close; with less, the chair does."""
SEEN_S = 20.0
RECOUNT_S = 30.0
HOUR_S = 3600
AGAIN_S = 5.0
"""Between two tries to certify while statements are taken."""


def rule_of(rules: PlenaryRules, *, stated: bool = False) -> dict[str, Any]:
    """The scenario's plenary rules as the data of a motion's rule; `stated`: minority statements are taken."""
    amending, stating = rules.amendments, rules.statements if stated else None
    return {
        **({"statement_hours": stating.hours, "signatures": stating.signatures} if stating else {}),
        "electorates": [_electorate(each) for each in rules.electorates],
        "amendments": {"order": amending.order, "supporters": amending.supporters} if amending else None,
    }


def _electorate(rules: ElectorateRules) -> dict[str, Any]:
    return {
        "name": rules.name,
        "chamber": rules.chamber,
        "level": "public",
        "effect": "deciding" if rules.decides else "advisory",
        "quorum": {"of": "entitled", "at_least": _fraction(rules.quorum)},
        "base": "yes_no_abstain" if rules.abstentions_in_share else "yes_no",
        "threshold": {"at_least": _fraction(rules.threshold)},
    }


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


class PlenaryPlayer:
    """All motions of a scenario in the one plenary."""

    def __init__(self, stage: Stage, recommendations: Mapping[str, str]) -> None:
        self.stage = stage
        self.stream = stage.plan.plenary or ""
        self.recommendations = recommendations
        """Draft id → key of the recommendation it became."""
        self.opened: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        """Motion key → set when its opening has been seen."""
        self.closed: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        """Motion key → set when its closing has been seen."""
        self.agenda: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        """Id of a motion, or of an amendment that is voted on → set when it stands on the agenda."""
        self.due = Counter(ballot.motion for ballot in stage.scenario.ballots if self._is_in_time(ballot))
        """Motion id → ballots of its opening hours that have not been answered yet."""
        self.answered = asyncio.Event()

    def _is_in_time(self, ballot: BallotPlan) -> bool:
        motion = next(motion for motion in self.stage.scenario.votes if motion.id == ballot.motion)
        return motion.opens <= ballot.t < motion.closes

    @property
    def chair(self) -> Seat:
        """Who puts motions to the vote: an organiser, else the first facilitator."""
        return [*self.stage.people(Role.ORGANISER), *self.stage.people(Role.FACILITATOR)][0]

    async def arrive(self, seat: Seat) -> None:
        """Follow the plenary and its texts."""
        client = await self.stage.connect(seat)
        client.heard.append(self._hear)
        for stream in (self.stream, f"{self.stream}.text.{seat.reads}"):
            await client.subscribe(stream)

    def _hear(self, frame: Mapping[str, Any]) -> None:
        seen = {"motion.opened": self.opened, "motion.closed": self.closed}.get(frame.get("kind", ""))
        if frame["stream"] == self.stream and seen is not None:
            seen[frame["data"]["motion"]].set()

    async def play(self) -> None:
        """Add every motion, open each at its time, cast every ballot, wait for the closings and certify."""
        scenario = self.stage.scenario
        await asyncio.gather(*(self.arrive(seat) for seat in self.stage.seats.values()))
        for motion in scenario.motions:
            await self.add(motion, self.recommendations.get(motion.draft))
        await asyncio.gather(*(self._look_at_ballot(seat) for seat in self.stage.people(Role.CITIZEN)))
        self.stage.begin(LEAD_S)
        voters: dict[str, list[BallotPlan]] = defaultdict(list)
        for ballot in sorted(scenario.ballots, key=lambda ballot: ballot.t):
            voters[ballot.by].append(ballot)
        motions = [self.hold(motion) for motion in scenario.motions]
        amended = {each.motion for each in scenario.amendments}
        changes = [self.amend(motion) for motion in scenario.motions if motion.id in amended]
        statements = [self.state(each) for each in scenario.statements]
        await asyncio.gather(
            *changes, *motions, *statements, *(self.vote(self.stage.seats[by], mine) for by, mine in voters.items())
        )

    async def _look_at_ballot(self, seat: Seat) -> None:
        """Open the first motion's page, as a voter does who wants to read before the ballot opens."""
        for key in list(self.stage.notebook.motions.values())[:1]:
            page = await seat.browser.get(f"/m/{seat.key}/motions/{key}/")
            if page.status != 200:
                self.stage.notebook.errors.append(f"{seat.person.id}: the ballot's page answered {page.status}")

    async def add(self, motion: MotionPlan, recommendation: str | None) -> None:
        """Make a motion of a recommendation."""
        stated = any(each.motion == motion.id for each in self.stage.scenario.statements)
        rule = rule_of(self.stage.scenario.plenary, stated=stated)
        outcome = await self.chair.client.command("motion.add", self.stream, recommendation=recommendation, rule=rule)
        added = await self._event(outcome, f"motion {motion.id}")
        if added is not None:
            self.put(motion.id, added["data"]["motion"])

    def put(self, motion: str, key: str) -> None:
        """Take note of what stands on the agenda now."""
        self.stage.notebook.motions[motion] = key
        self.agenda[motion].set()

    async def amend(self, motion: MotionPlan) -> None:
        """Offer the amendments to a motion, put them in order, and hold the vote on each before the motion opens."""
        changes = Amending(self.stage, self.stream, self.chair, motion)
        await changes.offer()
        for vote in changes.votes():
            key = await changes.call(vote)
            if key is None:
                return
            self.put(vote.id, key)
            await self.hold(vote)

    async def state(self, plan: StatementPlan) -> None:
        """Write a minority statement once its motion is open, and have it signed."""
        motion = self.stage.notebook.motions.get(plan.motion, "")
        await self.stage.wait_until(plan.t)
        async with asyncio.timeout(SEEN_S):
            await self.opened[motion].wait()
        author = self.stage.seats[plan.by].client
        outcome = await author.command("statement.write", self.stream, motion=motion, text=plan.text, lang=plan.lang)
        written = await self._event(outcome, f"statement {plan.id}")
        for name in plan.signers if written else ():
            key = written["data"]["words"]["key"] if written else ""
            outcome = await self.stage.seats[name].client.command(
                "statement.sign", self.stream, motion=motion, statement=key
            )
            await self._event(outcome, f"statement {plan.id}: {name} signs")

    async def _event(self, outcome: Outcome, what: str) -> Mapping[str, Any] | None:
        if not outcome:
            self.stage.notebook.errors.append(f"{what}: refused: {outcome.refused}")
            return None
        return await self.chair.client.event(self.stream, outcome.seq or 0, timeout_s=SEEN_S)

    async def hold(self, motion: MotionPlan) -> None:
        """Open a motion at its time until its time is over; then certify its result."""
        key = self.stage.notebook.motions.get(motion.id)
        if key is None:
            return
        await self.stage.wait_until(motion.opens)
        closes_at = round(self.stage.started_at + motion.closes) if self._clock_closes(motion) else None
        outcome = await self.chair.client.command(
            "motion.open", self.stream, motion=key, closes_at=closes_at, duration_ms=None
        )
        if not outcome:
            self.stage.notebook.errors.append(f"motion {motion.id}: not opened: {outcome.refused}")
            return
        await self.stage.wait_until(motion.closes)
        if closes_at is None:
            await self._all_answered(motion)
            await self.chair.client.command("motion.close", self.stream, motion=key)
        async with asyncio.timeout(SEEN_S):
            await self.closed[key].wait()
        await self._certify(key)
        self.stage.progress(f"{motion.id} is closed")

    async def _certify(self, key: str) -> None:
        """Confirm the count, once the time for minority statements is over where there is one."""
        stating = self.stage.scenario.plenary.statements
        patience_s = stating.hours * HOUR_S / self.stage.time.rate + SEEN_S if stating else SEEN_S
        async with asyncio.timeout(patience_s):
            while True:
                outcome = await self.chair.client.command("motion.certify", self.stream, motion=key)
                if outcome.refused != "motion.awaits_statements":
                    return
                await asyncio.sleep(AGAIN_S)

    async def _all_answered(self, motion: MotionPlan) -> None:
        async with asyncio.timeout(SEEN_S):
            while self.due[motion.id] > 0:
                self.answered.clear()
                await self.answered.wait()

    def _clock_closes(self, motion: MotionPlan) -> bool:
        """Whether there is real time enough after the last ballot; at high speed the chair waits for those cast."""
        due = [ballot.t for ballot in self.stage.scenario.ballots if ballot.motion == motion.id]
        last = max((t for t in due if t < motion.closes), default=motion.opens)
        return (motion.closes - last) / 1000 / self.stage.time.rate >= MARGIN_S

    async def vote(self, seat: Seat, ballots: Sequence[BallotPlan]) -> None:
        """One person's ballots, one after another."""
        motions = {motion.id: motion for motion in self.stage.scenario.votes}
        for ballot in ballots:
            await self.stage.wait_until(ballot.t)
            key = await self._key(motions[ballot.motion])
            if key is not None and not seat.taken:
                await self._cast(seat, ballot, key, motions[ballot.motion])

    async def _key(self, motion: MotionPlan) -> str | None:
        """The motion's key; an amendment's once it was called. None where it never stood on the agenda."""
        if motion not in self.stage.scenario.motions:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SEEN_S):
                    await self.agenda[motion.id].wait()
        return self.stage.notebook.motions.get(motion.id)

    async def _cast(self, seat: Seat, ballot: BallotPlan, key: str, motion: MotionPlan) -> None:
        """Cast one ballot when its person would: not before the opening was seen, nor a late one before the closing."""
        awaited = self.closed if ballot.t >= motion.closes else self.opened
        if ballot.t >= motion.opens:
            async with asyncio.timeout(SEEN_S):
                await awaited[key].wait()
        electorate = self.stage.scenario.electorate_of(ballot.by)
        refused = await cast_ballot(seat, key, electorate.name if electorate else "", ballot.choice)
        self.due[motion.id] -= self._is_in_time(ballot)
        self.answered.set()
        self.stage.notebook.ballots.append(BallotCast(ballot.motion, ballot.by, ballot.choice, refused))


async def cast_ballot(seat: Seat, motion: str, electorate: str, choice: Choice) -> str | None:
    """Cast one ballot on a motion's page; the code of the refusal, None where it was taken."""
    data = {"electorate": electorate, "choice": WORDS[choice]}
    page = await seat.browser.post_json(f"/m/{seat.key}/motions/{motion}/ballot", data)
    return refusal_of(page)


def refusal_of(page: Page) -> str | None:
    """None for a ballot that was taken, else the code, or what the door answered instead of one."""
    try:
        answer = page.data()
    except ValueError:
        return f"http.{page.status}"
    if page.status < 400 and answer.get("done"):
        return None
    return str(answer.get("refused", f"http.{page.status}"))


# --- what is published


@dataclass(slots=True)
class Archive:
    """Published results, fetched as the public would and recounted by the stand-alone program."""

    stage: Stage
    recount: Path
    published: dict[str, Published] = field(default_factory=dict)

    async def collect(self) -> Mapping[str, Published]:
        """Fetch and recount the result of every motion; a result that cannot be had is an error."""
        for motion, key in self.stage.notebook.motions.items():
            page = await self._fetch(key)
            if page.status == 200:
                self.published[motion] = await asyncio.to_thread(self._examine, page.text)
            else:
                self.stage.notebook.errors.append(f"motion {motion}: its result answered {page.status}")
        return self.published

    async def _fetch(self, key: str) -> Page:
        visitor = next(iter(self.stage.seats.values())).browser
        return await visitor.get(f"/a/{self.stage.plan.slug}/results/{key}.json", accept="application/json")

    def _examine(self, text: str) -> Published:
        document = json.loads(text)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "result.json"
            file.write_text(text)
            done = subprocess.run(  # noqa: S603 (our own program on a file of ours)
                [sys.executable, "-I", str(self.recount), str(file)],
                capture_output=True,
                text=True,
                timeout=RECOUNT_S,
                check=False,
            )
        said = (done.stdout + done.stderr).strip()
        return Published(
            board=hashlib.sha256(text.encode()).hexdigest(),
            tally=tally_of(document),
            amendments={each["amendment"]: each["fate"] for each in document["amendments"]},
            statements={each["words"]["text"]: each["signatures"] for each in document["statements"]},
            recount="identical" if done.returncode == 0 else said[-500:] or f"exit status {done.returncode}",
        )


def tally_of(document: Mapping[str, Any]) -> Mapping[str, Mapping[str, int]]:
    """The counted ballots of a published result by electorate, in the words of a scenario."""
    tally = {name: dict.fromkeys((choice.value for choice in Choice), 0) for name in document["rolls"]}
    words = {word: choice.value for choice, word in WORDS.items()}
    for ballot in document["ballots"]:
        tally[ballot["electorate"]][words[ballot["choice"]]] += 1
    return tally
