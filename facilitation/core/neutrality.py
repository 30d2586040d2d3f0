"""Whether the acts of somebody who chairs fell on some groups more than on others, by more than chance would do.

Exact tests of the acts against what might have been done at the same moment: who else waited, what the rule
suggested, which other turns could have been cut. Corrected for asking many questions (Holm, 1979). Of fewer than five
people together nothing is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Literal, get_args

from rooms.core.overrides import BASIS, Act, Basis, Kind, Ledger

Question = Literal["passed over", "called ahead", "invited", "cut", "extended", "hidden"]
QUESTIONS: tuple[Question, ...] = ("passed over", "called ahead", "invited", "cut", "extended", "hidden")
OF_KIND: Mapping[Kind, Question] = {
    "invitation": "invited", "cut": "cut", "extension": "extended", "hide": "hidden",
}  # fmt: skip
LEAST_PEOPLE = 5
"""k of methods, section 6."""
SIGNIFICANT = 0.05
Reach = Mapping[Basis, Sequence[str]]
"""Whose turns and whose texts somebody could have acted on."""
Verdict = Literal["too few", "no sign", "sign"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One question about one group: how many of the acts fell on it, and how many chance would have let fall there."""

    question: Question
    group: str
    acts: int
    on_group: int
    expected: float
    p: float
    """Two-sided, corrected."""
    is_telling: bool
    """Whether so many acts could have shown anything at all."""

    @property
    def is_sign(self) -> bool:
        """More than chance."""
        return self.p < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Neutrality:
    """What the acts of one person who chairs say."""

    counts: Mapping[Kind, int]
    departures: int
    """Calls of somebody else than the rule suggested."""
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """A sign of bias; none; or too few acts to say."""
        if any(finding.is_sign for finding in self.findings):
            return "sign"
        return "no sign" if any(finding.is_telling for finding in self.findings) else "too few"


def neutrality(ledgers: Sequence[Ledger], by: str, groups: Mapping[str, Collection[str]]) -> Neutrality:
    """What this person did in all these rooms, for each group that is large enough to be told; `groups` by name."""
    mine = [act for ledger in ledgers for act in ledger.acts if act.by == by]
    led = [ledger for ledger in ledgers if _has_led(ledger, by)]
    told = _tellable(groups, {key for ledger in led for key in _people(ledger)})
    reach: Reach = {
        basis: [each.member for ledger in led for each in ledger.within_reach(by, basis)] for basis in get_args(Basis)
    }
    asked = [_asked(question, name, told[name], mine, reach) for question in QUESTIONS for name in sorted(told)]
    return Neutrality(
        counts=dict(Counter(act.kind for act in mine)),
        departures=sum(act.departs for act in mine),
        findings=tuple(_corrected([finding for finding in asked if finding is not None])),
    )


def _has_led(ledger: Ledger, by: str) -> bool:
    return any(act.by == by for act in ledger.acts) or any(by in each.led_by for each in (*ledger.turns, *ledger.said))


def _people(ledger: Ledger) -> set[str]:
    return {*(each.member for each in (*ledger.turns, *ledger.said)), *(key for act in ledger.acts for key in act.pool)}


def _tellable(groups: Mapping[str, Collection[str]], people: Collection[str]) -> dict[str, frozenset[str]]:
    """Groups of enough people here, where those outside are enough as well."""
    here = {name: frozenset(members) & frozenset(people) for name, members in groups.items()}
    return {
        name: members for name, members in here.items() if LEAST_PEOPLE <= len(members) <= len(people) - LEAST_PEOPLE
    }


def _asked(question: Question, name: str, group: Collection[str], acts: Sequence[Act], reach: Reach) -> Finding | None:
    weights, hits = _chances(question, group, acts, reach)
    if weights is None or not any(weights):
        return None
    likely = sum(index * weight for index, weight in enumerate(weights))
    p = _two_sided(weights, hits)
    telling = min(_two_sided(weights, end) for end in (_first(weights), _last(weights))) < SIGNIFICANT
    return Finding(question, name, len(_of(question, acts)), hits, likely, p, telling)


def _of(question: Question, acts: Iterable[Act]) -> list[Act]:
    """The acts a question is about; several on one turn or text are one, for it was chosen once."""
    if question in ("passed over", "called ahead"):
        return [act for act in acts if act.kind == "grant" and act.departs]
    found = [act for act in acts if OF_KIND.get(act.kind) == question]
    return list({act.piece or number: act for number, act in enumerate(found)}.values())


def _chances(
    question: Question, group: Collection[str], acts: Sequence[Act], reach: Reach
) -> tuple[list[float] | None, int]:
    """Probability of each possible number of acts on the group if the group did not matter, and the number seen."""
    chosen = _of(question, acts)
    if not chosen:
        return None, 0
    if question == "passed over":
        suggested = [act.suggested in group for act in acts if act.kind == "grant" and act.suggested is not None]
        return _drawn(len(suggested), sum(suggested), len(chosen)), sum(act.suggested in group for act in chosen)
    hits = sum(act.member in group for act in chosen)
    basis = BASIS.get(chosen[0].kind)
    if basis is None:
        return _summed([_part(act, group) for act in chosen]), hits
    among = [key in group for key in reach[basis]]
    return _drawn(len(among), sum(among), len(chosen)), hits


def _part(act: Act, group: Collection[str]) -> float:
    """How likely one choice falls on the group: of those who waited beside the one the rule suggested."""
    pool = [key for key in act.pool if key != act.suggested]
    return sum(key in group for key in pool) / len(pool) if pool else 0.0


def _drawn(all_of_them: int, of_group: int, drawn: int) -> list[float]:
    """Hypergeometric: so many drawn without putting back."""
    whole = comb(all_of_them, drawn)
    return [comb(of_group, hit) * comb(all_of_them - of_group, drawn - hit) / whole for hit in range(drawn + 1)]


def _summed(parts: Iterable[float]) -> list[float]:
    """Poisson binomial: each choice with a chance of its own."""
    weights = [1.0]
    for part in parts:
        missed = [weight * (1 - part) for weight in weights] + [0.0]
        hit = [0.0] + [weight * part for weight in weights]
        weights = [a + b for a, b in zip(missed, hit, strict=True)]
    return weights


def _two_sided(weights: Sequence[float], seen: int) -> float:
    """How likely anything as unlikely as what was seen is."""
    return min(1.0, sum(weight for weight in weights if weight <= weights[seen] * (1 + 1e-9)))


def _first(weights: Sequence[float]) -> int:
    return next(index for index, weight in enumerate(weights) if weight > 0)


def _last(weights: Sequence[float]) -> int:
    return max(index for index, weight in enumerate(weights) if weight > 0)


def _corrected(findings: Sequence[Finding]) -> list[Finding]:
    """Holm's correction over the questions that could have shown something; the others could not mislead."""
    telling = sorted((each for each in findings if each.is_telling), key=lambda each: each.p)
    corrected: dict[int, float] = {}
    least = 0.0
    for rank, each in enumerate(telling):
        least = max(least, min(1.0, each.p * (len(telling) - rank)))
        corrected[id(each)] = least
    return [
        Finding(each.question, each.group, each.acts, each.on_group, each.expected, corrected.get(id(each), 1.0),
                each.is_telling)
        for each in findings
    ]  # fmt: skip
