"""What stands beside the choices of a ballot, in each language of the interface: the words in which a body of that
language votes, with the rule that says so. No translator, machine or person, has a say in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PARLIAMENT = "European Parliament, Rules of Procedure, July 2019, Rule 190(3), https://www.europarl.europa.eu/doceo/document/RULES-9-2019-07-02-RULE-190_{}.html"
"""Voting by roll call: each says aloud one of three words."""
UNITED_NATIONS = (
    "United Nations, Rules of Procedure of the General Assembly, Rule 87(a), "
    "https://www.un.org/ar/ga/about/ropga/ropga_plenary.shtml"
)
CATALONIA = "Parlament de Catalunya, Reglament, text refós, DOGC 6967 (1.10.2015): votació pública per crida"


@dataclass(frozen=True, slots=True)
class Labels:
    """The three choices in one language."""

    yes: str
    no: str
    abstain: str
    source: str
    is_compared: bool = False
    """Whether they were compared with the published text of the source, letter by letter."""


LABELS: Mapping[str, Labels] = {
    "en": Labels("Yes", "No", "I abstain", PARLIAMENT.format("EN")),
    "es": Labels("Sí", "No", "Abstención", PARLIAMENT.format("ES")),
    "fr": Labels("Oui", "Non", "Abstention", PARLIAMENT.format("FR")),
    "ca": Labels("Sí", "No", "Abstenció", CATALONIA),
    "it": Labels("Sì", "No", "Astensione", PARLIAMENT.format("IT"), is_compared=True),
    "pt": Labels("Sim", "Não", "Abstenção", PARLIAMENT.format("PT")),
    "ar": Labels("نعم", "لا", "ممتنع", UNITED_NATIONS),
}
