"""Rules and results in sentences, in the language of the page."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plenary.core.rules import Base, Effect, Electorate, Level, Rule, fraction
from plenary.core.tally import Outcome, Verdict


def percent(value: Fraction) -> str:
    """A fraction in per cent, with one digit where it is needed."""
    tenths = round(value * 1000)
    return f"{tenths // 10}\u202f%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}\u202f%"


def rule_sentences(rule: Rule) -> list[str]:
    """What it takes, electorate by electorate."""
    return [_rule_sentence(electorate) for electorate in rule.electorates]


def _rule_sentence(electorate: Electorate) -> str:
    limit = electorate.threshold
    values = {
        "who": electorate_name(electorate.name),
        "quorum": percent(fraction(electorate.quorum.at_least)),
        "share": percent(fraction(limit.over or limit.at_least or "1/1")),
        "base": base_name(electorate.base),
    }
    if limit.over:
        sentence = _("%(who)s: passes if more than %(share)s of %(base)s are yes, and at least %(quorum)s vote.")
    else:
        sentence = _("%(who)s: passes if at least %(share)s of %(base)s are yes, and at least %(quorum)s vote.")
    advice = "" if electorate.effect is Effect.DECIDING else " " + _("This vote is advice; it does not decide.")
    return sentence % values + advice


def electorate_name(name: str) -> str:
    """The name of an electorate; the usual ones are translated."""
    return {"citizens": _("Citizens"), "parliament": _("Parliament"), "council": _("Council")}.get(name, name)


def base_name(base: Base) -> str:
    """What the yes votes are compared with, in words."""
    return {
        Base.YES_NO: _("the yes and no votes"),
        Base.YES_NO_ABSTAIN: _("all votes"),
        Base.CAST: _("all votes"),
        Base.PRESENT: _("those present"),
        Base.ENTITLED: _("those entitled"),
    }[base]


def trust_sentence(level: str) -> str:
    """What a ballot of this level keeps secret from whom."""
    if level == Level.PUBLIC:
        return _("Public vote: your name and your choice are published. You can change it until closing.")
    return _(
        "Assisted secret vote: the server sees your choice for a moment and keeps it without your name. "
        "It is final, and you get a code to find it on the published board."
    )


def outcome_sentence(outcome: Outcome) -> str:
    """The result in one sentence."""
    deciding = next(verdict for verdict in outcome.verdicts if verdict.effect is Effect.DECIDING)
    if not deciding.quorum.holds:
        return _("Not adopted: only %(cast)d of %(entitled)d voted, too few to decide.") % {
            "cast": deciding.count.cast, "entitled": deciding.count.entitled,
        }  # fmt: skip
    values = {
        "yes": deciding.count.yes,
        "whole": deciding.threshold.whole,
        "share": percent(Fraction(deciding.count.yes, deciding.threshold.whole or 1)),
        "needed": percent(fraction(deciding.threshold.fraction)),
    }
    if outcome.adopted:
        return _("Adopted: %(yes)d of %(whole)d said yes (%(share)s); %(needed)s was needed.") % values
    return _("Not adopted: %(yes)d of %(whole)d said yes (%(share)s); %(needed)s was needed.") % values


def verdict_row(verdict: Verdict) -> dict[str, object]:
    """One line of the table of results."""
    counted = verdict.count
    return {
        "name": electorate_name(verdict.electorate),
        "advisory": verdict.effect is Effect.ADVISORY,
        "count": counted,
        "absent": counted.entitled - counted.cast,
        "turnout": percent(Fraction(counted.cast, counted.entitled or 1)),
        "quorum": verdict.quorum,
        "threshold": verdict.threshold,
        "passed": verdict.passed,
        "assisted": ngettext("%d assisted ballot", "%d assisted ballots", counted.assisted) % counted.assisted
        if counted.assisted
        else "",
    }
