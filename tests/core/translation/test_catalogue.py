"""What to install for a pair that is missing or poor."""

from translation.core.catalogue import INSTALLABLE, Advice, State, advice_for, state_of
from translation.core.hops import Hop, Kind
from translation.core.routes import best_route

BOTH = ("argos", "apertium")


def advice(source: str, target: str, *hops: Hop, engines: tuple[str, ...] = BOTH) -> dict[str, tuple[str, ...]]:
    now = best_route(source, target, hops, engines=engines)
    return {each.engine: each.names for each in advice_for(source, target, hops, engines=engines, now=now)}


def rule(source: str, target: str) -> Hop:
    return next(hop for hop in INSTALLABLE["apertium"] if hop.pair == (source, target))


def test_a_missing_pair_is_served_by_either_engine() -> None:
    assert advice("es", "gl") == {"apertium": ("apertium-es-gl",), "argos": ("es-en", "en-gl")}


def test_what_is_installed_already_is_not_advised_again() -> None:
    assert advice("es", "it", rule("es", "ca"), engines=("apertium",)) == {"apertium": ("apertium-cat-ita",)}


def test_a_rough_pair_is_served_well_by_a_model_only() -> None:
    assert advice("en", "es", rule("en", "es")) == {"argos": ("en-es",)}
    assert advice("en", "es", rule("en", "es"), engines=("apertium",)) == {}


def test_a_pair_that_is_served_well_needs_nothing() -> None:
    assert advice("es", "ca", rule("es", "ca")) == {}


def test_a_language_no_engine_knows_gets_no_advice() -> None:
    assert advice("es", "be") == {}


def test_codes_of_packages_are_those_of_the_index() -> None:
    assert advice("en", "zh-Hant") == {"argos": ("en-zt",)}


def test_word_for_word_packages_are_replaced_by_real_ones() -> None:
    words = Hop("argos", "es", "en", kind=Kind.WORDS)
    now = best_route("es", "en", [words])
    assert state_of(now) is State.WORDS
    assert advice_for("es", "en", [words], engines=BOTH, now=now) == (
        Advice("apertium", ("apertium-eng-spa",), State.ROUGH),
        Advice("argos", ("es-en",), State.GOOD),
    )
