"""Wanting texts in the languages they are read in, and storing what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from kernel import ids
from kernel.languages import language
from live.core.kinds import Words
from live.log import Submission, write
from live.names import text_feed
from live.services import announce, create_stream
from translation.bell import wake
from translation.core.feed import Label, TextRender
from translation.core.feed import Status as Shown
from translation.core.queue import Urgency
from translation.leases import Leased
from translation.models import FeedLanguage, KeptName, Passage, Rendering, Status, Translation

BACKLOG = 400
"""Passages a new feed begins with."""


@transaction.atomic
def open_feed(root: str, lang: str) -> None:
    """Somebody reads `root` in `lang`: make the feed and want what was said so far. Safe to repeat."""
    language(lang)
    _, is_new = FeedLanguage.objects.get_or_create(root=root, lang=lang)
    if is_new:
        create_stream(text_feed(root, lang))
        want_backlog(root, lang)


@transaction.atomic
def want_backlog(root: str, lang: str) -> None:
    """Want the last passages of `root` in `lang`. Safe to repeat."""
    passages = Passage.objects.filter(root=root).order_by("-id")[:BACKLOG]
    _want(passages, [lang], Urgency.BACKLOG)


@transaction.atomic
def want(root: str, *, scope: str, words: Sequence[Words], urgency: Urgency = Urgency.LIVE) -> None:
    """Words of `root` that its readers want in their languages; joins the caller's transaction. Safe to repeat."""
    Passage.objects.bulk_create(
        [Passage(root=root, words=each.key, lang=each.lang, scope=scope) for each in words], ignore_conflicts=True
    )
    langs = list(FeedLanguage.objects.filter(root=root).values_list("lang", flat=True))
    if langs:
        _want(Passage.objects.filter(root=root, words__in=[each.key for each in words]), langs, urgency)


def _want(passages: Iterable[Passage], langs: Sequence[str], urgency: Urgency) -> None:
    rows = [
        Rendering(key=ids.new_key(), passage=passage, target=lang, urgency=urgency)
        for passage in passages
        for lang in langs
        if is_foreign(passage.lang, lang)
    ]
    if rows:
        Rendering.objects.bulk_create(rows, ignore_conflicts=True)
        transaction.on_commit(wake)


def is_foreign(lang: str, reading: str) -> bool:
    """Whether somebody who reads `reading` needs a translation of `lang`; variants of one language read each other.

    Chinese is the exception: its two scripts are not read alike.
    """
    base, other = lang.partition("-")[0], reading.partition("-")[0]
    return lang != reading and (base != other or base == "zh")


def keep_names(scope: str, names: Iterable[str]) -> None:
    """Names that translations in `scope` leave as they are from now on. Safe to repeat."""
    rows = [KeptName(scope=scope, name=name[:120]) for name in names if name.strip()]
    KeptName.objects.bulk_create(rows, ignore_conflicts=True)


def drop_names(scope: str, names: Iterable[str]) -> None:
    """Forget names, when a person is erased. Safe to repeat."""
    KeptName.objects.filter(scope=scope, name__in=list(names)).delete()


@transaction.atomic
def forget(words: Iterable[str]) -> None:
    """Erase every translation of these words (keys), when the original is erased. Safe to repeat."""
    passages = Passage.objects.filter(words__in=list(words))
    Translation.objects.filter(rendering__passage__in=passages).delete()
    passages.delete()


@dataclass(frozen=True, slots=True)
class Finished:
    """A leased rendering and what came of it; `text` only with status `machine`."""

    leased: Leased
    status: Shown
    recipe: str = ""
    text: str = ""
    label: Label | None = None


@transaction.atomic
def render(finished: Sequence[Finished]) -> None:
    """Store results and tell the feeds, in one transaction. Safe to repeat: only what is still wanted changes."""
    translations = _store_translations([each for each in finished if each.status == "machine"])
    submissions = []
    for each in sorted(finished, key=lambda one: (one.leased.feed, one.leased.id)):
        translation = translations.get(_identity(each))
        label = asdict(each.label) if each.label else None
        waiting = Rendering.objects.filter(pk=each.leased.id, status=Status.WANTED)
        if waiting.update(status=each.status, translation=translation, label=label):
            key = each.leased.key if translation else None
            submissions.append(
                Submission(each.leased.feed, TextRender(each.leased.words, key, each.status, each.label))
            )
    if submissions:
        written = write(submissions)
        transaction.on_commit(lambda: announce(written.published))


Identity = tuple[str, str, str, str, str]


def _identity(finished: Finished) -> Identity:
    leased = finished.leased
    return leased.scope, leased.digest, leased.source, leased.target, finished.recipe


def _store_translations(finished: Sequence[Finished]) -> dict[Identity, Translation]:
    """The rows of these results; one that was stored before stays as it is."""
    rows = {_identity(each): _row(each) for each in finished}
    Translation.objects.bulk_create(rows.values(), ignore_conflicts=True)
    found = Translation.objects.filter(digest__in={identity[1] for identity in rows})
    stored = {(row.scope, row.digest, row.source, row.target, row.recipe): row for row in found}
    return {identity: stored[identity] for identity in rows}


def _row(finished: Finished) -> Translation:
    scope, digest, source, target, recipe = _identity(finished)
    doubts = list(finished.label.doubts) if finished.label else []
    return Translation(
        scope=scope, digest=digest, source=source, target=target, recipe=recipe, text=finished.text, doubts=doubts
    )
