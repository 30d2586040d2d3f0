"""The passport of a motion: status and doubtful sentences of every language, on every page that shows it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pytest
from django.test import Client

from kernel.errors import Refused
from plenary import queries
from plenary.core.presets import conference
from plenary.core.rules import Level, Needed
from plenary.passports import passport
from plenary.signing import sign_text
from tests.cast import Cast
from tests.factories import bring_translations, make_member
from tests.shell.plenary.test_pages import browser_of
from tests.shell.plenary.voting import Vote

pytestmark = pytest.mark.django_db

SIGNED = {
    "fr": ("Dimanches sans voitures", "Fermer le centre le dimanche.", "L'air."),
    "ca": ("Diumenges sense cotxes", "Tancar el centre els diumenges.", "L'aire."),
}


def vote_that_needs(cast: Cast, needed: Needed, text: str = "Cerrar el centro los domingos.") -> Vote:
    return Vote(cast.assembly, dataclasses.replace(conference(level=Level.PUBLIC), versions=needed), text=text)


def sign(vote: Vote, lang: str, texts: Iterable[str] | None = None) -> None:
    """The translator signs title, recommendation and reasons."""
    source = vote.recommendation
    keys = (source.title, source.recommendation, source.reasons)
    for key, text in zip(keys, texts or SIGNED[lang], strict=True):
        sign_text(vote.assembly.pk, key, text, lang=lang, by="translator")


def statuses(vote: Vote) -> dict[str, str]:
    return {page.lang: page.version.status for page in passport(vote.assembly.pk, vote.state)}


@pytest.mark.parametrize(
    ("needed", "refused"),
    [
        ("any", None),
        ("machine", None),
        ("reviewed", "motion.versions_unreviewed"),
        ("signed", "motion.versions_unsigned"),
    ],
)
def test_machine_text_suffices_only_where_the_rule_says_so(cast: Cast, needed: Needed, refused: str | None) -> None:
    vote = vote_that_needs(cast, needed)
    bring_translations(vote.stream, "fr", "ca")
    assert statuses(vote) == {"es": "original", "fr": "machine", "ca": "machine"}
    if refused is None:
        assert vote.open().state.phase == "open"
        return
    with pytest.raises(Refused) as caught:
        vote.open()
    assert (caught.value.code, caught.value.params["waiting"]) == (refused, "Català, Français")


def test_a_vote_opens_when_the_last_text_of_the_last_language_is_signed(cast: Cast) -> None:
    vote = vote_that_needs(cast, "signed")
    sign(vote, "ca")
    title, recommendation, reasons = SIGNED["fr"]
    sign_text(vote.assembly.pk, vote.recommendation.title, title, lang="fr", by="translator")
    sign_text(vote.assembly.pk, vote.recommendation.recommendation, recommendation, lang="fr", by="translator")
    with pytest.raises(Refused, match="versions_unsigned"):
        vote.open()
    sign_text(vote.assembly.pk, vote.recommendation.reasons, reasons, lang="fr", by="translator")
    assert {lang: each.status for lang, each in vote.open().state.versions.items()} == {
        "es": "original", "fr": "signed", "ca": "signed",
    }  # fmt: skip


def test_changing_one_version_asks_to_look_at_the_others_again(cast: Cast) -> None:
    vote = vote_that_needs(cast, "signed")
    sign(vote, "fr")
    sign(vote, "ca")
    title, _recommendation, reasons = SIGNED["ca"]
    sign(vote, "ca", (title, "Tancar el centre cada diumenge.", reasons))
    assert statuses(vote) == {"es": "original", "fr": "reopened", "ca": "signed"}
    with pytest.raises(Refused) as caught:
        vote.open()
    assert (caught.value.code, caught.value.params["waiting"]) == ("motion.versions_unsigned", "Français")
    page = browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/{vote.key}/languages/?lang=en").content.decode()
    assert "to be reviewed again" in page
    sign(vote, "fr")
    assert statuses(vote) == {"es": "original", "fr": "signed", "ca": "signed"}
    assert vote.open().state.phase == "open"


def test_signing_the_same_words_again_closes_nothing(cast: Cast) -> None:
    vote = vote_that_needs(cast, "signed")
    sign(vote, "fr")
    bring_translations(vote.stream, "ca")
    sign(vote, "ca")
    sign_text(vote.assembly.pk, vote.state.recommendation, SIGNED["ca"][1], lang="ca", by="another")
    assert statuses(vote) == {"es": "original", "fr": "signed", "ca": "signed"}


@pytest.mark.parametrize(("needed", "opens"), [("machine", True), ("reviewed", False), ("signed", False)])
def test_a_reopened_version_is_no_more_than_one_that_nobody_reviewed(
    cast: Cast, needed: Needed, *, opens: bool
) -> None:
    vote = vote_that_needs(cast, needed)
    sign(vote, "fr")
    sign(vote, "ca")
    title, _recommendation, reasons = SIGNED["fr"]
    sign(vote, "fr", (title, "Fermer le centre tous les dimanches.", reasons))
    assert statuses(vote)["ca"] == "reopened"
    if opens:
        assert vote.open().state.versions["ca"].status == "reopened"
        return
    with pytest.raises(Refused, match=r"motion\.versions_un"):
        vote.open()


def test_the_passport_names_the_sentence_that_differs(cast: Cast) -> None:
    vote = vote_that_needs(cast, "signed", text="La ciudad debe cerrar 3 calles. Ana no paga.")
    sign(vote, "ca", ("Diumenges sense cotxes", "La ciutat pot tancar 3 carrers. Ana no paga.", "L'aire."))
    catalan = next(page for page in passport(cast.assembly.pk, vote.state) if page.lang == "ca")
    assert [(each.name, [d.row.text for d in each.differences]) for each in catalan.compared if each.differences] == [
        ("Recommendation", ["La ciutat pot tancar 3 carrers."])
    ]
    page = browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/{vote.key}/languages/?lang=en").content.decode()
    assert "doubtful: must, should or may" in page
    assert "1 sentence to look at again" in page
    assert "authentic text" in page


def test_the_page_says_who_can_mend_it(cast: Cast) -> None:
    vote = vote_that_needs(cast, "signed")
    address = f"/m/{cast.ana.key}/motions/{vote.key}/languages/?lang=en"
    assert "Nobody translates here yet." in browser_of(cast.ana).get(address).content.decode()
    tina = make_member(cast.assembly, "Tina", role="translator", lang="ca", chamber="")
    assert "Tina" in browser_of(cast.ana).get(address).content.decode()
    own = browser_of(tina).get(f"/m/{tina.key}/motions/{vote.key}/languages/?lang=en").content.decode()
    assert f"/m/{tina.key}/translate/" in own


def test_a_motion_that_is_not_there_has_no_passport(cast: Cast) -> None:
    Vote(cast.assembly)
    assert browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/nothing/languages/").status_code == 404


def test_ballot_and_result_name_the_authentic_language(cast: Cast) -> None:
    vote = vote_that_needs(cast, "any")
    bring_translations(vote.stream, "fr")
    ballot = f"/m/{cast.ana.key}/motions/{vote.key}/"
    assert "texto auténtico: Español" in browser_of(cast.ana).get(f"{ballot}?lang=es").content.decode()
    assert "Original (Español) : ce texte fait foi" in browser_of(cast.ana).get(f"{ballot}?lang=fr").content.decode()
    vote.open()
    vote.cast(cast.ana)
    vote.close()
    result = Client().get(f"/a/{cast.assembly.slug}/results/{vote.key}/?lang=en").content.decode()
    assert "authentic text: Español" in result
    assert queries.state_of(cast.assembly.pk).motions[vote.key].versions["fr"].status == "machine"
