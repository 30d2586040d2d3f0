"""Languages by their codes, and who can read what."""

import pytest

from kernel.errors import Refused
from kernel.languages import LANGUAGES, is_foreign, language
from translation.core.codes import APERTIUM_MODES, from_argos


@pytest.mark.parametrize(
    ("lang", "reading", "foreign"),
    [("es", "ca", True), ("es", "es", False), ("pt", "pt-BR", False), ("zh", "zh-Hant", True),
     ("ca", "ca-valencia", False), ("sr-Latn", "sr", False), ("oc-aranes", "oc-gascon", False)],
)  # fmt: skip
def test_variants_of_a_language_read_each_other(lang: str, reading: str, foreign: bool) -> None:
    assert is_foreign(lang, reading) is foreign


def test_every_language_an_engine_knows_has_a_name() -> None:
    spoken = {lang for pair in APERTIUM_MODES.values() for lang in pair} | {from_argos("zt"), from_argos("pb")}
    assert {code for code in spoken if code not in LANGUAGES} == set()


def test_a_name_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused, match=r"language\.unknown"):
        language("xx")
