"""Choosing among options in sentences: how one marks the ballot, what it takes, what came of it."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from plenary.core.options import BLANK
from plenary.core.rules import Base, Effect, Electorate, Kind, Rule, Tie, fraction
from plenary.core.tally import Outcome, Settled
from plenary.naming import electorate_name, percent


def kind_name(kind: Kind) -> str:
    """A kind of ballot by the name it is chosen by."""
    return {
        Kind.YES_NO: _("all of them together: yes or no"),
        Kind.APPROVAL: _("one of them: approve of as many as you like"),
        Kind.SCORE: _("one of them: 0 to 5 points each"),
        Kind.RUNOFF: _("one of them: in order, instant run-off"),
        Kind.SCHULZE: _("one of them: in order, every pair compared (Schulze)"),
    }[kind]


def instruction(kind: Kind) -> str:
    """What one does with the ballot."""
    return {
        Kind.YES_NO: "",
        Kind.APPROVAL: _("Mark every option that you approve of."),
        Kind.SCORE: _("Give each option 0 to 5 points."),
        Kind.RUNOFF: _("Put the options in your order, as many as you like."),
        Kind.SCHULZE: _("Put the options in your order, as many as you like."),
    }[kind]


def rule_sentences(rule: Rule) -> list[str]:
    """How the ballot is marked and counted, what each electorate takes, what ends a tie, what a departure needs."""
    sentences = [f"{instruction(rule.kind)} {_method(rule.kind)}"]
    for electorate in rule.electorates:
        sentences.append(_of_electorate(electorate))
        if electorate.effect is Effect.ADVISORY:
            sentences.append(_("This vote is advice; it does not decide."))
    sentences += [_support(rule.kind), _("An empty ballot takes part and supports no option."), _about_ties(rule.tie)]
    if rule.departure == "with_reasons":
        sentences.append(_("A decision that departs from the advice is published with the reasons for it."))
    return sentences


def _method(kind: Kind) -> str:
    return {
        Kind.YES_NO: "",
        Kind.APPROVAL: _("The option that most approve of stands highest."),
        Kind.SCORE: _("The option with most points stands highest; of several, the one with the higher median."),
        Kind.RUNOFF: _(
            "Round by round the option with fewest votes goes out, and its ballots go to the next in their order, "
            "until one has more than half. Options that share the last place go out together."
        ),
        Kind.SCHULZE: _(
            "Each pair of options is compared on all ballots. Highest stands the option that none beats, directly or "
            "along a chain of wins."
        ),
    }[kind]


def _of_electorate(electorate: Electorate) -> str:
    limit = electorate.threshold
    share = fraction(limit.over or limit.at_least or "1/1")
    values = {
        "who": electorate_name(electorate.name),
        "quorum": percent(fraction(electorate.quorum.at_least)),
        "share": percent(share),
        "base": base_name(electorate.base),
    }
    if limit.over:
        return (
            _(
                "%(who)s: the highest is chosen if its support is more than %(share)s of %(base)s, and at least "
                "%(quorum)s vote."
            )
            % values
        )
    if not share:
        return _("%(who)s: the highest is chosen, if at least %(quorum)s vote.") % values
    return (
        _(
            "%(who)s: the highest is chosen if its support is at least %(share)s of %(base)s, and at least "
            "%(quorum)s vote."
        )
        % values
    )


def base_name(base: Base) -> str:
    """What an option's support is compared with."""
    return {
        Base.YES_NO: _("the ballots that are not empty"),
        Base.VALID: _("the ballots that are not empty"),
        Base.YES_NO_ABSTAIN: _("all ballots"),
        Base.CAST: _("all ballots"),
        Base.PRESENT: _("those present"),
        Base.ENTITLED: _("those entitled"),
    }[base]


def _support(kind: Kind) -> str:
    return {
        Kind.YES_NO: "",
        Kind.APPROVAL: _("The support of an option: on how many ballots it is approved."),
        Kind.SCORE: _("The support of an option: its points, of 5 for each ballot."),
        Kind.RUNOFF: _("The support of an option: its votes in its last round."),
        Kind.SCHULZE: _("The support of an option: how many ballots prefer it, in the pair in which they are fewest."),
    }[kind]


def _about_ties(tie: Tie) -> str:
    return {
        Tie.REJECTED: _("Where options are exactly even, none is chosen."),
        Tie.CHAIR: _("Where options are exactly even, the chair chooses among them."),
        Tie.LOT: _(
            "Where options are exactly even, a lot chooses among them; what it is drawn from is sealed when the vote "
            "opens."
        ),
    }[tie]


def outcome_sentence(outcome: Outcome) -> str:
    """What was chosen; empty where the sentence of any other vote says it as well."""
    step = next(each.threshold for each in outcome.verdicts if each.effect is Effect.DECIDING)
    quorum = next(each.quorum for each in outcome.verdicts if each.effect is Effect.DECIDING)
    values = {
        "number": outcome.chosen,
        "part": step.part,
        "whole": step.whole,
        "share": percent(Fraction(step.part, step.whole or 1)),
        "needed": percent(fraction(step.fraction)),
    }
    if outcome.chosen is not None:
        return _chosen(outcome.settled) % values
    if outcome.settled is not Settled.COUNT or not quorum.holds:
        return ""
    if not step.whole:
        return _("None is chosen: all ballots are empty.")
    if step.relation == "over":
        return (
            _("None is chosen: the highest has %(part)d of %(whole)d (%(share)s); more than %(needed)s was needed.")
            % values
        )
    return _("None is chosen: the highest has %(part)d of %(whole)d (%(share)s); %(needed)s was needed.") % values


def _chosen(settled: Settled) -> str:
    if settled is Settled.CHAIR:
        return _("Option %(number)d is chosen by the chair: it was exactly even.")
    if settled is Settled.LOT:
        return _("Option %(number)d is chosen by lot: it was exactly even.")
    return _("Option %(number)d is chosen, with %(part)d of %(whole)d (%(share)s).")


def marks_name(choice: str) -> str:
    """The marks of a ballot in a list."""
    return _("empty") if choice == BLANK else choice
