"""What two versions of an official text do not say alike, sentence by sentence."""

from __future__ import annotations

import pytest

from translation.core.comparing import differences
from translation.core.doubt import Doubt


def test_a_sentence_is_named_with_everything_that_differs_in_it_and_no_other_is() -> None:
    original = "La ciudad debe cerrar 3 calles. El lunes no hay coches. Ana vive aquí."
    other = "La ville peut fermer 4 rues. Il n'y a pas de voitures le lundi. Ana vit ici."
    found = differences(original, other, source="es", target="fr", names=["Ana"])
    assert [(each.row.original, each.doubts) for each in found] == [
        ("La ciudad debe cerrar 3 calles.", (Doubt.NUMBER, Doubt.MODALITY))
    ]


@pytest.mark.parametrize(
    ("other", "doubt"),
    [
        ("Le 3 mai, Ana ne paie pas.", None),
        ("Le 3 juin, Ana ne paie pas.", Doubt.DATE),
        ("Le 3 mai, Ana paie.", Doubt.NEGATION),
        ("Le 3 mai, elle ne paie pas.", Doubt.NAME),
        ("Le 5 mai, Ana ne paie pas.", Doubt.NUMBER),
    ],
)
def test_each_kind_of_difference_is_said(other: str, doubt: Doubt | None) -> None:
    found = differences("El 3 de mayo Ana no paga.", other, source="es", target="fr", names=["Ana"])
    assert [each.doubts for each in found] == ([(doubt,)] if doubt else [])
