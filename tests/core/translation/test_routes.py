"""The best way between two languages, from the reviewed table and from what is installed."""

import pytest

from translation.core.codes import APERTIUM_MODES
from translation.core.hops import Hop, Kind
from translation.core.routes import Route, best_route, ranked_routes

NINE_PAIRS = tuple(
    mode
    for pair in ("eng-spa", "eng-cat", "es-fr", "es-pt", "spa-cat", "spa-ita", "cat-fra", "cat-ita", "cat-por")
    for mode in (pair, "-".join(reversed(pair.split("-"))))
)


def _hop(engine: str, pair: str, version: str, kind: Kind) -> Hop:
    source, target = pair.split("-", 1)
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


def test_the_operator_chooses_the_order_of_engines() -> None:
    hops = rules("spa-eng") + models("es-en")
    assert path("es", "en", hops, ("apertium", "argos")) == "es-en apertium"
    assert path("es", "en", hops, ("argos", "apertium")) == "es-en argos"
    both = [*models("es-en"), _hop("deep", "es-en", "1", Kind.NEURAL)]
    assert path("es", "en", both, ("argos", "house.deep:make")) == "es-en argos"
    assert path("es", "en", both, ("house.deep:make", "argos")) == "es-en deep"


def test_a_route_names_its_engines_and_versions() -> None:
    route = route_of("de", "gl", rules("es-gl") + models("de-es"))
    assert (route.engine, route.version, route.path) == ("argos+apertium", "1.9, 1", ("de", "es", "gl"))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [("es", "pt-BR", "es-pt-BR"), ("pt-BR", "it", "pt-ca-it"), ("es", "ca-valencia", "es-ca-valencia"),
     ("fr", "ca-valencia", "fr-ca"), ("ca-valencia", "es", "ca-es")],
)  # fmt: skip
def test_a_variant_goes_its_own_way_or_that_of_its_language(source: str, target: str, expected: str) -> None:
    assert path(source, target, rules(*NINE_PAIRS, "es-pt_BR", "spa-cat_valencia")) == f"{expected} apertium"


def test_a_chain_to_a_variant_is_as_good_as_one_to_its_language() -> None:
    route = route_of("fr", "pt-BR", rules("fra-cat", "cat-por", "cat-por_BR"))
    assert (route.path, route.score, route.rough) == (("fr", "ca", "pt-BR"), None, False)


def test_the_two_scripts_of_chinese_are_two_languages() -> None:
    assert path("zh", "zh-Hant", models("es-en", "en-zh", "zh-en")) is None
    assert path("zh", "zhx", models("zh-en", "en-zhx")) == "zh-en-zhx argos"


@pytest.mark.parametrize(
    ("source", "target", "pairs", "expected"),
    [("es", "zh-Hant", ("es-en", "en-zh"), "es-en-zh"), ("zh-Hant", "es", ("en-es", "zh-en"), "zh-en-es")],
)  # fmt: skip
def test_where_a_script_of_chinese_is_missing_the_other_stands_in_and_is_rough(
    source: str, target: str, pairs: tuple[str, ...], expected: str
) -> None:
    route = route_of(source, target, models(*pairs))
    assert ("-".join(route.path), route.rough, route.stands_in) == (expected, True, True)


def test_the_right_script_comes_before_a_shorter_way_to_the_other() -> None:
    route = route_of("es", "zh-Hant", models("es-zh", "es-en", "en-zh-Hant"))
    assert (route.path, route.rough) == (("es", "en", "zh-Hant"), False)


def test_brazil_and_portugal_read_and_write_for_each_other() -> None:
    assert path("es", "pt-BR", models("es-en", "en-pt")) == "es-en-pt argos"
    assert path("es", "pt", models("es-en", "en-pt-BR")) == "es-en-pt-BR argos"
    assert not route_of("pt-BR", "es", models("pt-en", "en-es")).rough


def test_traditional_chinese_is_reached_from_simplified_through_another_language() -> None:
    hops = models("zh-en", "en-zh-Hant")
    assert path("zh", "zh-Hant", hops) == "zh-en-zh-Hant argos"


def test_figures_of_this_machine_decide_where_the_usual_way_has_one() -> None:
    hops = rules("fra-cat", "cat-ita") + models("fr-en", "en-it")
    by_model, by_rules = ranked_routes("fr", "it", hops)
    assert (by_model.engine, by_rules.engine) == ("argos", "apertium")
    assert best_route("fr", "it", hops, figures={by_rules.name: 50.0}) == by_model
    measured = {by_model.name: 40.0, by_rules.name: 50.0}
    assert best_route("fr", "it", hops, figures=measured) == Route(by_rules.hops, 50.0)


def test_a_figure_of_another_version_says_nothing() -> None:
    hops = models("es-en")
    (route,) = ranked_routes("es", "en", hops, figures={"es en by argos (1.8)": 40.0})
    assert (route.name, route.figure) == ("es en by argos (1.9)", None)


def test_ways_that_a_person_decided_against_are_not_used_even_where_they_score_better() -> None:
    assert [route.path for route in ranked_routes("es", "it", rules(*NINE_PAIRS))] == [("es", "ca", "it")]


def test_a_hundred_packages_are_searched_in_an_instant() -> None:
    others = [f"x{letter}" for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    hops = models(*(f"en-{other}" for other in others), *(f"{other}-en" for other in others))
    assert all(path(a, b, hops) == f"{a}-en-{b} argos" for a in others[:10] for b in others[:10] if a != b)


def test_rules_do_not_go_through_english_where_another_language_will_do() -> None:
    assert path("gl", "ca", rules("gl-en", "eng-cat", "gl-es", "spa-cat")) == "gl-es-ca apertium"


def test_a_route_that_was_measured_and_did_badly_is_rough() -> None:
    hops = rules("eu-es", "spa-cat", "ro-es", "cat-fra")
    rough = {pair: route_of(*pair, hops).rough for pair in (("eu", "es"), ("eu", "ca"), ("ro", "es"), ("ro", "fr"))}
    assert rough == {("eu", "es"): True, ("eu", "ca"): True, ("ro", "es"): False, ("ro", "fr"): True}


@pytest.mark.parametrize(("pair", "flattered"), [("es-gl", True), ("es-eu", False), ("eu-es", True), ("ca-es", False)])
def test_a_score_from_a_text_that_is_too_well_known_says_so(pair: str, flattered: bool) -> None:
    assert Route((_hop("apertium", pair, "1", Kind.RULES),)).is_flattered is flattered
