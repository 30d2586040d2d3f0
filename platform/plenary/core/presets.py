"""Rules that assemblies ask for by name.

Sources: Conference on the Future of Europe, rules of procedure (panels, plenary of 449 seats in twelve components);
deliberative committees of the Brussels and Walloon parliaments; the double majority of people and cantons; consent as
sociocratic circles ask for it, with the share of assemblies that ask who "can live with it".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from plenary.core.rules import Base, Combination, Effect, Electorate, Level, Rule, Threshold

ADOPTION_BY_CONFERENCE = "7/10"
"""Conference on the Future of Europe, citizens' panels: 70 % of the valid votes, yes and no."""
SUPERMAJORITY = "4/5"
CONFERENCE_INSTITUTIONS = ("european parliament", "council", "commission", "national parliaments")
CONFERENCE_HEARD = (
    "citizens' panels", "national citizens", "committee of the regions", "economic and social committee",
    "regional authorities", "local authorities", "social partners", "civil society",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preset:
    """A rule that assemblies ask for by name."""

    rule: Callable[[Level, Sequence[str]], Rule]
    """The rule for citizens voting at this level in an assembly with these chambers."""
    chambers: tuple[str, ...] = ()
    """Chambers that an assembly must have for it."""
    least_chambers: int = 0
    fixed_level: bool = False
    """Whether the preset says itself who votes in secret."""
    decides: bool = True
    """Whether it says yes or no to a text."""
    chooses: bool = False
    """Whether it says which of several options is chosen."""

    def fits(self, chambers: Sequence[str]) -> bool:
        """Whether an assembly with these chambers can use it."""
        return set(self.chambers) <= set(chambers) and len(chambers) >= self.least_chambers


def simple_majority(level: Level = Level.PUBLIC, chambers: Sequence[str] = ()) -> Rule:
    """More yes than no, half of the entitled voting."""
    return Rule((Electorate("citizens", level=level),))


def most(level: Level = Level.PUBLIC, chambers: Sequence[str] = ()) -> Rule:
    """Whatever option stands highest is chosen, half of the entitled voting."""
    return Rule((Electorate("citizens", level=level, base=Base.VALID, threshold=Threshold(at_least="0/1")),))


def conference(level: Level = Level.PUBLIC, chambers: Sequence[str] = ()) -> Rule:
    """Conference on the Future of Europe, citizens' panel: at least 70 % of yes and no."""
    return Rule((Electorate("citizens", level=level, threshold=Threshold(at_least=ADOPTION_BY_CONFERENCE)),))


def supermajority(level: Level = Level.PUBLIC, chambers: Sequence[str] = ()) -> Rule:
    """At least 80 % of yes and no, as citizens' assemblies ask that want hardly anybody left behind."""
    return Rule((Electorate("citizens", level=level, threshold=Threshold(at_least=SUPERMAJORITY)),))


def consent(level: Level = Level.PUBLIC, chambers: Sequence[str] = ()) -> Rule:
    """No objection upheld, and at least 80 % of the valid votes: who stands aside has not consented."""
    citizens = Electorate("citizens", level=level, base=Base.VALID, threshold=Threshold(at_least=SUPERMAJORITY))
    return Rule((citizens,), objections="heard")


def conference_plenary(level: Level = Level.PUBLIC, chambers: Sequence[str] = ()) -> Rule:
    """Conference on the Future of Europe, plenary of 449 seats: four institutions on an equal footing, eight heard."""
    deciding = [Electorate(name, chamber=name) for name in CONFERENCE_INSTITUTIONS]
    heard = [Electorate(name, chamber=name, effect=Effect.ADVISORY) for name in CONFERENCE_HEARD]
    return Rule((*deciding, *heard))


def deliberative_committee(level: Level = Level.ASSISTED, chambers: Sequence[str] = ()) -> Rule:
    """Brussels (15 and 45 people) and Wallonia (10 and 30): members of parliament decide in public, citizens advise in
    secret, and a majority that departs from theirs gives its reasons."""
    return Rule(
        (
            Electorate("parliament", chamber="parliament"),
            Electorate("citizens", chamber="citizens", level=Level.ASSISTED, effect=Effect.ADVISORY),
        ),
        departure="with_reasons",
    )


def every_chamber(level: Level, chambers: Sequence[str]) -> Rule:
    """A majority in each chamber."""
    return Rule(tuple(Electorate(name, chamber=name, level=level) for name in chambers))


def double_majority(level: Level, chambers: Sequence[str]) -> Rule:
    """A majority of all votes and in most chambers, as of the people and the cantons in Switzerland."""
    return replace(every_chamber(level, chambers), combine=Combination.DOUBLE_MAJORITY)


PRESETS: Mapping[str, Preset] = {
    "simple_majority": Preset(simple_majority, chooses=True),
    "most": Preset(most, decides=False, chooses=True),
    "conference": Preset(conference, chooses=True),
    "supermajority": Preset(supermajority, chooses=True),
    "consent": Preset(consent),
    "deliberative_committee": Preset(
        deliberative_committee, chambers=("parliament", "citizens"), fixed_level=True, chooses=True
    ),
    "every_chamber": Preset(every_chamber, least_chambers=2),
    "double_majority": Preset(double_majority, least_chambers=2),
    "conference_plenary": Preset(
        conference_plenary, chambers=(*CONFERENCE_INSTITUTIONS, *CONFERENCE_HEARD), fixed_level=True
    ),
}
