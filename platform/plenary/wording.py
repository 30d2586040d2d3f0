"""Rules and results in sentences, in the language of the page."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kernel.languages import base_of
from plenary import choosing
from plenary.core.amendments import Act, Amendment, AmendmentFate
from plenary.core.labels import LABELS
from plenary.core.motions import Fate
from plenary.core.rules import (
    Amending,
    AmendmentOrder,
    Base,
    Combination,
    Effect,
    Electorate,
    Kind,
    Level,
    Rule,
    Tie,
    fraction,
)
from plenary.core.tally import Choice, Outcome, Settled, Step, Verdict
from plenary.naming import electorate_name, percent

ACTS: tuple[Act, ...] = ("replace", "insert", "delete")


def rule_sentences(rule: Rule) -> list[str]:
    """What it takes: each electorate, then how they combine, what ends a tie, and what a departure needs."""
    if rule.kind is not Kind.YES_NO:
        return [*choosing.rule_sentences(rule), *_about_statements(rule)]
    deciding = [electorate for electorate in rule.electorates if electorate.effect is Effect.DECIDING]
    sentences = [sentence for electorate in rule.electorates for sentence in _of_electorate(electorate)]
    if len(deciding) > 1:
        sentences.append(_combination(rule.combine))
    if rule.combine is Combination.DOUBLE_MAJORITY or any(electorate.threshold.over for electorate in deciding):
        sentences.append(_about_ties(rule.tie))
    if rule.departure == "with_reasons":
        sentences.append(_("A decision that departs from the advice is published with the reasons for it."))
    if rule.objections == "heard":
        sentences.append(_("Objections are heard before the vote opens; one that is upheld stops the motion."))
    if rule.amendments:
        sentences += _about_amendments(rule.amendments)
    return [*sentences, *_about_statements(rule)]


def _about_statements(rule: Rule) -> list[str]:
    if not rule.statement_hours:
        return []
    until = ngettext(
        "Whoever may vote may write or sign a minority statement until %(count)d hour after the vote has closed.",
        "Whoever may vote may write or sign a minority statement until %(count)d hours after the vote has closed.",
        rule.statement_hours,
    )
    enough = ngettext(
        "It is published with the result if at least %(count)d person signs it.",
        "It is published with the result if at least %(count)d people sign it.",
        rule.signatures,
    )
    return [until % {"count": rule.statement_hours}, enough % {"count": rule.signatures}]


def statements_name(hours: int) -> str:
    """How long minority statements are taken, to choose from."""
    if not hours:
        return _("none are taken")
    return ngettext("until %(count)d hour after closing", "until %(count)d hours after closing", hours) % {
        "count": hours,
    }  # fmt: skip


def _combination(combine: Combination) -> str:
    return {
        Combination.ALL: _("The motion is adopted when it passes everywhere."),
        Combination.FIRST_DECIDING: _("The first of these votes in which enough take part decides."),
        Combination.MAJORITY_OF_ELECTORATES: _("The motion is adopted when most of these votes pass it."),
        Combination.DOUBLE_MAJORITY: _(
            "The motion is adopted when most of these votes pass it and, counted together, there are more yes than no."
        ),
    }[combine]


def _about_ties(tie: Tie) -> str:
    return {
        Tie.REJECTED: _("Where it is exactly even, the motion is not adopted."),
        Tie.CHAIR: _("Where it is exactly even, the chair decides."),
        Tie.LOT: _("Where it is exactly even, a lot decides; what it is drawn from is sealed when the vote opens."),
    }[tie]


def tie_name(tie: Tie) -> str:
    """What ends a tie, to choose from."""
    return {Tie.REJECTED: _("not adopted"), Tie.CHAIR: _("the chair decides"), Tie.LOT: _("a lot decides")}[tie]


def preset_name(preset: str) -> str:
    """A rule by the name it is chosen by."""
    return {
        "simple_majority": _("simple majority"),
        "most": _("whichever stands highest"),
        "conference": _("70 % of yes and no"),
        "supermajority": _("80 % of yes and no"),
        "consent": _("consent: no objection upheld, and 80 % of the valid votes"),
        "deliberative_committee": _("parliament decides, citizens advise"),
        "every_chamber": _("a majority in every chamber"),
        "double_majority": _("double majority: of all votes, and in most chambers"),
        "conference_plenary": _("Conference on the Future of Europe, plenary of twelve components"),
    }[preset]


def _of_electorate(electorate: Electorate) -> list[str]:
    limit = electorate.threshold
    values = {
        "who": electorate_name(electorate.name),
        "quorum": percent(fraction(electorate.quorum.at_least)),
        "share": percent(fraction(limit.over or limit.at_least or "1/1")),
        "base": base_name(electorate.base),
    }
    if electorate.effect is Effect.VETO:
        sentence = _veto(is_over=bool(limit.over))
    elif limit.over:
        sentence = _("%(who)s: passes if more than %(share)s of %(base)s are yes, and at least %(quorum)s vote.")
    else:
        sentence = _("%(who)s: passes if at least %(share)s of %(base)s are yes, and at least %(quorum)s vote.")
    advice = [_("This vote is advice; it does not decide.")] if electorate.effect is Effect.ADVISORY else []
    return [sentence % values, _about_abstentions(electorate.base), *advice]


def _veto(*, is_over: bool) -> str:
    if is_over:
        return _("%(who)s: stops the motion if more than %(share)s of %(base)s are no, and at least %(quorum)s vote.")
    return _("%(who)s: stops the motion if at least %(share)s of %(base)s are no, and at least %(quorum)s vote.")


def _about_abstentions(base: Base) -> str:
    if base is Base.YES_NO:
        return _("Abstentions count for taking part, not for the share of yes.")
    return _("Whoever abstains counts among those who did not say yes.")


def choice_name(choice: str) -> str:
    """A choice in a table or list; marks at options as they are written."""
    if choice not in {option.value for option in Choice}:
        return choosing.marks_name(choice)
    return {Choice.YES: _("yes"), Choice.NO: _("no"), Choice.ABSTAIN: _("abstained")}[Choice(choice)]


def choice_labels(rule: Rule) -> list[tuple[str, str, str, str]]:
    """(value, class, glyph, label) on the ballot. Consent is asked for in our own words, the rest in those of a body
    that votes in the language."""
    if rule.objections == "heard":
        return [
            (Choice.YES.value, "g-for", "✓", _("I consent")),
            (Choice.NO.value, "g-against", "✕", _("I do not consent")),
            (Choice.ABSTAIN.value, "g-abstain", "–", _("I stand aside")),
        ]
    labels = LABELS[base_of(get_language() or "en")]
    return [
        (Choice.YES.value, "g-for", "✓", labels.yes),
        (Choice.NO.value, "g-against", "✕", labels.no),
        (Choice.ABSTAIN.value, "g-abstain", "–", labels.abstain),
    ]


def fate_name(fate: Fate) -> str:
    """What became of an objection."""
    return {
        "open": _("to be heard"),
        "integrated": _("met"),
        "upheld": _("upheld"),
        "withdrawn": _("taken back"),
    }[fate]


def act_name(act: Act) -> str:
    """What an amendment does to its paragraph, to choose from."""
    return {
        "replace": _("write the paragraph anew"),
        "insert": _("put a paragraph after it"),
        "delete": _("leave the paragraph out"),
    }[act]


def amendment_place(amendment: Amendment) -> str:
    """What an amendment changes, and where."""
    if amendment.act == "insert" and not amendment.paragraph:
        return _("A new paragraph at the beginning")
    return {
        "replace": _("Paragraph %(number)d written anew"),
        "insert": _("A new paragraph after paragraph %(number)d"),
        "delete": _("Paragraph %(number)d left out"),
    }[amendment.act] % {"number": amendment.paragraph}


def amendment_fate_name(fate: AmendmentFate) -> str:
    """What became of an amendment."""
    return {
        "offered": _("to be voted on"),
        "called": _("its vote is on the agenda"),
        "adopted": _("adopted"),
        "rejected": _("not adopted"),
        "lapsed": _("lapsed: nothing is left to change"),
        "unsupported": _("not put to the vote: too few are behind it"),
        "withdrawn": _("taken back"),
    }[fate]


def amendment_order_name(order: AmendmentOrder) -> str:
    """In which order amendments are voted on, to choose from."""
    return {
        AmendmentOrder.TEXT: _("in the order of the text"),
        AmendmentOrder.FURTHEST_FIRST: _("first where one goes furthest"),
    }[order]


def _about_amendments(rule: Amending) -> list[str]:
    order = {
        AmendmentOrder.TEXT: _("Amendments are voted on first, one by one, in the order of the text."),
        AmendmentOrder.FURTHEST_FIRST: _(
            "Amendments are voted on first, one by one, beginning with the paragraph in which one goes furthest."
        ),
    }[rule.order]
    sentences = [
        order,
        _("Of several on one paragraph the one that goes furthest comes first; adopted, it settles the others."),
    ]
    if rule.supporters > 1:
        few = ngettext(
            "An amendment needs %(count)s person behind it.",
            "An amendment needs %(count)s people behind it.",
            rule.supporters,
        )
        sentences.append(few % {"count": rule.supporters})
    return sentences


def base_name(base: Base) -> str:
    """What the yes votes are compared with, in words."""
    return {
        Base.YES_NO: _("the yes and no votes"),
        Base.YES_NO_ABSTAIN: _("all votes"),
        Base.VALID: _("the valid votes"),
        Base.CAST: _("all votes"),
        Base.PRESENT: _("those present"),
        Base.ENTITLED: _("those entitled"),
    }[base]


def trust_sentence(level: str) -> str:
    """What a ballot of this level keeps secret from whom."""
    if level == Level.PUBLIC:
        return _("Public vote: your name and your choice are published. You can change it until closing.")
    if level == Level.SEALED:
        return _("Sealed vote: your name and your choice are never recorded together. You can change it until closing.")
    return _(
        "Assisted secret vote: the server sees your choice for a moment and keeps it without your name. "
        "It is final, and you get a code to find it on the published board."
    )


def trust_of_result(level: str) -> str:
    """The same, said of a result."""
    if level == Level.PUBLIC:
        return _("Public vote: each name and choice is in the file.")
    if level == Level.SEALED:
        return _(
            "Sealed vote: names and choices were never recorded together. The file shows that each ballot had a permit."
        )
    return _("Assisted secret vote: the server saw each choice for a moment; the file holds codes and no names.")


def trust_details(level: str) -> list[str]:
    """What the level protects, and what it does not, in plain words."""
    if level == Level.PUBLIC:
        return [_("Everybody can check that your vote was counted as you cast it.")]
    if level == Level.SEALED:
        return [
            _("This device makes a ballot number and has it signed without showing it: one signature for each voter."),
            _("Your ballot goes in later, without your name, with that signature. The database never holds both."),
            _("Your code finds your ballot on the published board. It shows your choice to whoever has it."),
            _("Whoever runs this server could change this page, or watch which device sends what at which moment."),
            _("It does not protect you from somebody who looks over your shoulder or makes you show your code."),
        ]
    return [
        _("Your name and your choice are never written in one place, and the published file holds no names."),
        _("Whoever runs this server could watch your choice arrive, or compare the tables while the vote is open."),
        _("At closing all ballots are written anew, sorted by their codes: nothing then says who cast which."),
        _("Your code shows your ballot to whoever has it. Keep it to yourself."),
    ]


def deciding_verdict(outcome: Outcome) -> Verdict:
    """The verdict that stands for the outcome: a veto, else the first that decides and says what came of it."""
    vetoes = [verdict for verdict in outcome.verdicts if verdict.effect is Effect.VETO and not verdict.passed]
    deciding = [verdict for verdict in outcome.verdicts if verdict.effect is Effect.DECIDING]
    return next((verdict for verdict in (*vetoes, *deciding) if verdict.passed is outcome.adopted), deciding[0])


def outcome_sentence(outcome: Outcome) -> str:
    """The result in one sentence."""
    if outcome.tables and (sentence := choosing.outcome_sentence(outcome)):
        return sentence
    if outcome.settled is not Settled.COUNT:
        return _settled_sentence(outcome)
    deciding = deciding_verdict(outcome)
    if deciding.effect is Effect.VETO:
        return _("Not adopted: %(who)s stopped it with %(no)d votes against.") % {
            "who": electorate_name(deciding.electorate), "no": deciding.count.no,
        }  # fmt: skip
    if (together := outcome.together) and not together.holds:
        return _("Not adopted: of all votes together, %(yes)d of %(whole)d said yes.") % {
            "yes": together.part, "whole": together.whole,
        }  # fmt: skip
    said = [verdict for verdict in outcome.verdicts if verdict.effect is Effect.DECIDING]
    if len(said) > 1:
        who = ", ".join(electorate_name(each.electorate) for each in said if each.passed is outcome.adopted)
        sentence = _("Adopted. It passed in: %(who)s.") if outcome.adopted else _("Not adopted. It failed in: %(who)s.")
        return sentence % {"who": who}
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
    return _yes_sentence(adopted=outcome.adopted, is_over=deciding.threshold.relation == "over") % values


def _yes_sentence(*, adopted: bool, is_over: bool) -> str:
    if is_over and adopted:
        return _("Adopted: %(yes)d of %(whole)d said yes (%(share)s); more than %(needed)s was needed.")
    if is_over:
        return _("Not adopted: %(yes)d of %(whole)d said yes (%(share)s); more than %(needed)s was needed.")
    if adopted:
        return _("Adopted: %(yes)d of %(whole)d said yes (%(share)s); %(needed)s was needed.")
    return _("Not adopted: %(yes)d of %(whole)d said yes (%(share)s); %(needed)s was needed.")


def _settled_sentence(outcome: Outcome) -> str:
    match outcome.settled:
        case Settled.TIE_OPEN:
            return _("Exactly even. The chair decides.")
        case Settled.CHAIR if outcome.adopted:
            return _("Adopted by the chair's vote: it was exactly even.")
        case Settled.CHAIR:
            return _("Not adopted, by the chair's vote: it was exactly even.")
        case Settled.LOT if outcome.adopted:
            return _("Adopted by lot: it was exactly even.")
        case Settled.LOT:
            return _("Not adopted, by lot: it was exactly even.")
        case Settled.OBJECTION:
            return _("Not adopted: an objection was upheld.")
    return _("Not adopted: it was exactly even.")


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
        "working": [working(verdict.quorum), working(verdict.threshold)],
        "assisted": ngettext("%d assisted ballot", "%d assisted ballots", counted.assisted) % counted.assisted
        if counted.assisted
        else "",
    }


def working(step: Step) -> dict[str, str]:
    """One comparison: what is compared, in words, and the arithmetic to follow with pencil and paper."""
    limit = fraction(step.fraction)
    text = {
        "quorum": _("Taking part: %(part)d of %(whole)d, needed %(share)s."),
        "threshold": _("Yes: %(part)d of %(whole)d, needed %(share)s."),
        "veto": _("No: %(part)d of %(whole)d, a veto from %(share)s."),
        "together": _("All together, yes: %(part)d of %(whole)d, needed %(share)s."),
        "support": _("Support of the best option: %(part)d of %(whole)d, needed %(share)s.")
        if limit
        else _("Support of the best option: %(part)d of %(whole)d; any is enough."),
    }[step.what]
    left, right = f"{step.part} × {limit.denominator} = {step.left}", f"{step.right} = {step.whole} × {limit.numerator}"
    return {
        "said": text % {"part": step.part, "whole": step.whole, "share": percent(limit)},
        "arithmetic": f"{left} {_sign(step)} {right}",
    }


def _sign(step: Step) -> str:
    if step.holds:
        return ">" if step.relation == "over" else "≥"
    return "≤" if step.relation == "over" else "<"
