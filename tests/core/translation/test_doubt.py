"""Each mark is raised by its fault and by no good translation of the same sentence."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.core.doubt import Doubt, doubts
from translation.core.protection import clean, protect

GOOD = [
    ("es", "ca", "No tenemos 3.000 euros para Ana.", "No tenim 3.000 euros per a Ana."),
    ("es", "fr", "Nunca pagaremos 1.000 euros.", "Nous ne paierons jamais 1 000 euros."),
    ("fr", "en", "Il n'y a pas d'argent pour l'école.", "There isn't any money for the school."),
    ("it", "pt", "Non siamo d'accordo con Ana.", "Não estamos de acordo com Ana."),
    ("pt", "es", "Vamos às 10:30.", "Vamos a las 10:30."),
    ("en", "es", "OK", "OK"),
    ("en", "fr", "We meet at 3 p.m. on 14 May.", "Nous nous réunissons à 15 h le 14 mai."),
    ("en", "pl", "It costs 380,000 euros.", "To kosztuje 380 tys. euro."),
    ("en", "de", "We need 8 buses.", "Wir brauchen acht Busse."),
    ("fr", "en", "Au XIXe siècle, la ville avait deux ponts.", "In the 19th century the town had 2 bridges."),
    ("en", "es", "It was built in the 1930s.", "Se construyó en los años 30."),
    ("en", "ar", "It costs 25 euros.", "يكلف ٢٥ يورو."),
    ("en", "tr", "We do not agree with this plan.", "Bu planı kabul etmiyoruz."),
    ("en", "fi", "We do not have enough buses.", "Meillä ei ole tarpeeksi busseja."),
    ("en", "mt", "We do not agree.", "Aħna ma naqblux."),
    ("en", "es", "The plan failed.", "El plan no funcionó."),
    ("en", "de", "It is late, isn't it?", "Es ist spät, oder?"),
    ("en", "el", "Ana says that it is late.", "Η Άνα λέει ότι είναι αργά."),
    ("en", "pl", "I gave it to Ana.", "Dałem to Anie."),
    ("en", "lv", "Ana says that it is late.", "Anna saka, ka ir vēls."),
    ("en", "cs", "I don't have a ticket.", "Nemám lístek, nebo ho nemá Ana."),
    ("cs", "en", "To je nejlepší způsob.", "That is the best way."),
    ("ca", "it", "Mira cap endavant.", "Guarda avanti."),
    ("fr", "es", "C'est un grand pas vers la paix.", "Es un gran paso hacia la paz."),
    ("es", "en", "¿Por qué no vino Ana?", "Why didn't Ana come?"),
    ("en", "sk", "It will be there no later than Friday.", "Bude tam najneskôr v piatok."),
    ("en", "lt", "It was built in 2016.", "Pastatyta 2016 m."),
    ("en", "lv", "The wave was 20 feet high.", "Vilnis bija 20 pēdas (6 m) augsts."),
    ("lv", "en", "20. gadsimta 80. gados viņš strādāja.", "He worked in the 1980s."),
    ("en", "fr", "It is 30 yards from here, and Ana leads 1-0.", "C'est à 27 mètres d'ici, et Ana mène 1-0."),
    ("fr", "ar", "L’animal pesait 250 kg.", "كان وزن الحيوان 550 رطلاً."),
    ("fr", "ar", "Il est tombé de 2,5 à 10 cm de pluie.", "هطل من 1 إلى 4 بوصات من المطر."),
    ("fr", "ar", "Nous venons à 14 h.", "نأتي الساعة 2 مساءً."),
    ("fr", "ar", "Ana a 3 enfants.", "آنا أم لثلاثة أبناء."),
    (
        "en",
        "pl",
        "The boy was flown to a hospital for children, where his state is said to be critical.",
        "Chłopca zabrano śmigłowcem do szpitala dla dzieci. Jego stan lekarze określili jako krytyczny.",
    ),
    (
        "pl",
        "en",
        "Chłopca przewieziono helikopterem do szpitala dziecięcego w San Diego. Jego stan określono jako krytyczny.",
        "The boy was airlifted to the children's hospital in San Diego where he is listed in critical condition.",
    ),
    ("en", "es", "Bring the very very old map.", "Trae el mapa muy muy viejo."),
]
BAD = [
    (Doubt.NUMBER, "en", "ar", "It is 10 miles from here.", "يبعد 16 ميلاً من هنا."),
    (Doubt.NUMBER, "es", "ca", "Costará 3.000 euros.", "Costarà 300 euros."),
    (Doubt.NUMBER, "fr", "it", "Le 14 mai à Rome.", "A maggio a Roma."),
    (Doubt.NUMBER, "en", "fr", "It costs 11 million euros.", "Cela coûte 13 millions d'euros."),
    (Doubt.NUMBER, "en", "de", "We need 8 buses.", "Wir brauchen 9 Busse."),
    (Doubt.NUMBER, "en", "fr", "We need 40 buses.", "Il nous faut des bus."),
    (Doubt.NUMBER, "en", "ca", "It is 30 yards away and we lead 1-0.", "És a 27 metres i guanyem 3-0."),
    (Doubt.NUMBER, "en", "es", "He is 20 and it is a second-degree charge.", "Tiene 40 y es de segundo grado."),
    (Doubt.DATE, "en", "fr", "We meet on 14 May.", "Nous nous réunissons le 14 juin."),
    (Doubt.DATE, "es", "ca", "Será el 3 de octubre.", "Serà el 3 de novembre."),
    (Doubt.NEGATION, "es", "fr", "No estamos de acuerdo.", "Nous sommes d'accord."),
    (Doubt.NEGATION, "en", "es", "We should pay.", "No deberíamos pagar."),
    (Doubt.NEGATION, "en", "fi", "We do not want a road.", "Haluamme tien."),
    (Doubt.NEGATION, "ca", "ar", "No volem la carretera.", "نريد الطريق."),
    (Doubt.NEGATION, "uk", "en", "Ми не хочемо дороги.", "We want a road."),
    (Doubt.NAME, "es", "ca", "Ana tiene razón.", "Té raó."),
    (Doubt.NAME, "en", "pl", "I gave it to Ana.", "Dałem to Ewie."),
    (Doubt.NAME, "en", "es", "See https://example.org/plan now.", "Vea https://example.org/plano ahora."),
    (Doubt.LENGTH, "es", "it", "Esta es una frase bastante larga sobre la plaza.", "Piazza."),
    (Doubt.LENGTH, "en", "es", "We need a school. The road can wait for a year.", "Necesitamos una escuela."),
    (Doubt.REPETITION, "es", "en", "Queremos parques.", "We want the parks the parks the parks the parks."),
    (Doubt.REPETITION, "en", "es", "We want more trees here.", "Queremos más árboles queremos más árboles aquí."),
    (Doubt.UNTRANSLATED, "es", "en", "queremos parques limpios para todos", "queremos parques limpios para all"),
]


@pytest.mark.parametrize(("source", "target", "before", "after"), GOOD)
def test_a_good_translation_carries_no_mark(source: str, target: str, before: str, after: str) -> None:
    assert doubts(protect(before, ["Ana"]), after, source=source, target=target) == frozenset()


@pytest.mark.parametrize(("doubt", "source", "target", "before", "after"), BAD)
def test_each_fault_raises_its_mark(doubt: Doubt, source: str, target: str, before: str, after: str) -> None:
    assert doubt in doubts(protect(before, ["Ana"]), after, source=source, target=target)


def test_languages_without_a_word_list_are_not_judged_for_negation() -> None:
    assert Doubt.NEGATION not in doubts("Not at all.", "Hapana kabisa.", source="en", target="sw")


@pytest.mark.parametrize("name", ["Ana", "Marie-Claude", "O’Neil"])
def test_a_name_known_to_the_assembly_must_be_there(name: str) -> None:
    text = protect(f"I agree with {name} on this.", [name])
    assert Doubt.NAME not in doubts(text, f"Je suis d’accord avec {name}.", source="en", target="fr")
    assert Doubt.NAME in doubts(text, "Je suis d’accord avec elle.", source="en", target="fr")


def test_a_full_name_that_nobody_translates_must_be_there_though_the_assembly_does_not_know_it() -> None:
    before = "Yesterday we heard Larry Giles on the beach."
    assert Doubt.NAME in doubts(before, "Hier nous avons entendu quelqu’un à la plage.", source="en", target="fr")
    assert Doubt.NAME not in doubts(before, "Hier nous avons entendu Larry Giles à la plage.", source="en", target="fr")


def test_of_names_that_stand_together_one_may_stand_for_all() -> None:
    before = protect("Larry Giles agreed.", ["Larry", "Giles"])
    assert Doubt.NAME not in doubts(before, "Giles était d’accord.", source="en", target="fr")
    assert Doubt.NAME in doubts(before, "Il était d’accord.", source="en", target="fr")
    link = protect("Larry https://example.org agreed.", ["Larry"])
    assert Doubt.NAME in doubts(link, "Larry était d’accord.", source="en", target="fr")
    assert Doubt.NAME in doubts(link, "https://example.org était d’accord.", source="en", target="fr")


@pytest.mark.parametrize(
    ("name", "lang", "text"),
    [
        ("Jones", "lv", "Džounss piekrita."),
        ("Wayne", "lv", "Veins piekrita."),
        ("Willoughby", "ar", "وافقت ويلوبي."),
        ("Chelsea", "ar", "وافق تشيلسي."),
    ],
)
def test_a_name_written_as_it_sounds_is_there(name: str, lang: str, text: str) -> None:
    assert Doubt.NAME not in doubts(protect(f"{name} agreed.", [name]), text, source="en", target=lang)


@given(st.text(max_size=400), st.text(max_size=400), st.sampled_from(["en", "es", "ar", "tr", "el", "ja", "sw"]))
def test_whatever_is_compared_an_answer_comes(before: str, after: str, lang: str) -> None:
    doubts(protect(clean(before)), clean(after), source="en", target=lang)


@given(st.text(max_size=400))
def test_a_text_without_ordinary_words_is_like_itself(text: str) -> None:
    found = doubts(clean(text), clean(text), source="es", target="es")
    assert found <= {Doubt.UNTRANSLATED}


HOSTILE = (
    "word " * 10_000,
    "👍👩‍👩‍👧🏽 " * 200,
    "1 2 3 4,5 6.7 " * 300,
    " \t\n \u00a0",
    "a\x00b\ud800c\udfff",
    "\u202eabc\u202c \u200f\u200e ישראל",
    "<b>no</b> <script>alert(1)</script> &nbsp;",
    "^a/b$ [<STREAMCMD:x>] \\ {} @ # *",
    "▁▁ <unk> </s> <s>",
    "Это не то, что мы обещали в 2024 году. 汉字" * 20,
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("lang", ["es", "ar", "zh"])
def test_no_text_keeps_the_comparison_busy(text: str, lang: str) -> None:
    started = time.process_time()
    doubts(protect(clean(text), ["Ana"]), clean(text)[::-1], source="en", target=lang)
    assert time.process_time() - started < 5
