"""The best way between two languages, from the reviewed table and from what is installed."""

import pytest

from translation.core.codes import APERTIUM_MODES
from translation.core.hops import Hop, Kind
from translation.core.routes import Route, best_route

NINE_PAIRS = tuple(
    mode
    for pair in ("eng-spa", "eng-cat", "es-fr", "es-pt", "spa-cat", "spa-ita", "cat-fra", "cat-ita", "cat-por")
    for mode in (pair, "-".join(reversed(pair.split("-"))))
)


def _hop(engine: str, pair: str, version: str, kind: Kind) -> Hop:
    source, target = pair.split("-")
    return Hop(engine, source, target, version, kind)


def route_of(source: str, target: str, hops: list[Hop]) -> Route:
    route = best_route(source, target, hops)
    assert route
    return route


def rules(*modes: str) -> list[Hop]:
    return [_hop("apertium", "-".join(APERTIUM_MODES[mode]), "1", Kind.RULES) for mode in modes]


def models(*pairs: str) -> list[Hop]:
    return [_hop("argos", pair, "1.9", Kind.NEURAL) for pair in pairs]


def words(*pairs: str) -> list[Hop]:
    return [_hop("argos", pair, "1.0", Kind.WORDS) for pair in pairs]


def path(source: str, target: str, hops: list[Hop], engines: tuple[str, ...] = ()) -> str | None:
    route = best_route(source, target, hops, engines=engines)
    return f"{'-'.join(route.path)} {route.engine}" if route else None


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [("es", "it", "es-ca-it"), ("pt", "it", "pt-ca-it"), ("fr", "es", "fr-ca-es"), ("es", "ca", "es-ca"),
     ("es", "en", "es-en"), ("ca", "en", "ca-es-en"), ("en", "it", "en-ca-it"), ("es", "pt", "es-ca-pt")],
)  # fmt: skip
def test_rules_alone_go_by_the_measured_and_reviewed_table(source: str, target: str, expected: str) -> None:
    assert path(source, target, rules(*NINE_PAIRS)) == f"{expected} apertium"


def test_all_thirty_directions_of_the_demo_have_a_route() -> None:
    demo = ("en", "es", "fr", "ca", "it", "pt")
    routes = [best_route(a, b, rules(*NINE_PAIRS)) for a in demo for b in demo if a != b]
    assert all(route and route.score for route in routes)


def test_rules_with_english_are_rough_and_others_are_not() -> None:
    hops = rules(*NINE_PAIRS)
    rough = {(a, b) for a in ("en", "es", "it") for b in ("en", "es", "it") if a != b and route_of(a, b, hops).rough}
    assert rough == {("en", "es"), ("en", "it"), ("es", "en"), ("it", "en")}


def test_installed_models_come_before_rules() -> None:
    hops = rules(*NINE_PAIRS) + models("es-en", "en-fr")
    assert path("es", "en", hops) == "es-en argos"
    assert path("es", "fr", hops) == "es-en-fr argos"


def test_close_languages_keep_their_rules() -> None:
    assert path("es", "ca", rules("spa-cat") + models("es-ca", "es-en", "en-ca")) == "es-ca apertium"


def test_a_regional_language_is_reached_by_a_model_and_then_rules() -> None:
    assert path("de", "gl", rules("es-gl") + models("de-es")) == "de-es-gl argos+apertium"


def test_word_for_word_comes_last_and_is_always_rough() -> None:
    hops = words("es-fr", "es-en", "en-fr")
    assert path("es", "fr", hops + rules("es-fr")) == "es-fr apertium"
    route = route_of("es", "fr", hops)
    assert (route.path, route.kind, route.rough) == (("es", "fr"), Kind.WORDS, True)


def test_word_for_word_never_mixes_with_real_translation() -> None:
    assert path("es", "fr", words("es-ca") + rules("cat-fra")) is None


def test_a_pair_without_a_way_is_missing() -> None:
    assert path("es", "uk", rules(*NINE_PAIRS)) is None


def test_the_operator_chooses_engines_and_their_order() -> None:
    hops = rules("spa-eng") + models("es-en")
    assert path("es", "en", hops, ("apertium", "argos")) == "es-en apertium"
    assert path("es", "en", hops, ("argos",)) == "es-en argos"
    assert path("es", "en", rules("spa-eng"), ("argos",)) is None


def test_a_route_names_its_engines_and_versions() -> None:
    route = route_of("de", "gl", rules("es-gl") + models("de-es"))
    assert (route.engine, route.version, route.path) == ("argos+apertium", "1.9, 1", ("de", "es", "gl"))
