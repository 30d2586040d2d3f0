"""Wanting texts in the languages they are read in, and storing what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db import connection, transaction

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
    _want(((passage, [lang]) for passage in passages), Urgency.BACKLOG)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words of stream `root` that its readers want in their languages."""

    root: str
    scope: str
    words: Sequence[Words]


def want(root: str, *, scope: str, words: Sequence[Words], urgency: Urgency = Urgency.LIVE) -> None:
    """Words of `root` that its readers want in their languages; joins the caller's transaction. Safe to repeat."""
    want_all([Wanted(root, scope, words)], urgency=urgency)


@transaction.atomic
def want_all(wanted: Sequence[Wanted], *, urgency: Urgency = Urgency.LIVE) -> None:
    """The same for many streams; four queries. Safe to repeat."""
    passages = [
        Passage(root=each.root, words=word.key, lang=word.lang, scope=each.scope)
        for each in wanted
        for word in each.words
    ]
    if not passages:
        return
    Passage.objects.bulk_create(passages, ignore_conflicts=True)
    roots = {each.root for each in wanted}
    langs: dict[str, list[str]] = {}
    for root, lang in FeedLanguage.objects.filter(root__in=roots).values_list("root", "lang"):
        langs.setdefault(root, []).append(lang)
    stored = Passage.objects.filter(root__in=roots, words__in=[passage.words for passage in passages])
    _want(((passage, langs.get(passage.root, ())) for passage in stored), urgency)


def _want(passages: Iterable[tuple[Passage, Sequence[str]]], urgency: Urgency) -> None:
    rows = [
        Rendering(key=ids.new_key(), passage=passage, target=lang, urgency=urgency)
        for passage, langs in passages
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
    waiting = Rendering.objects.select_for_update().filter(pk__in=[each.leased.id for each in finished])
    still_wanted = set(waiting.filter(status=Status.WANTED).values_list("pk", flat=True))
    news = sorted(
        (each for each in finished if each.leased.id in still_wanted), key=lambda one: (one.leased.feed, one.leased.id)
    )
    if not news:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE translation_rendering SET status = %s, translation_id = %s, label = %s WHERE id = %s",
            [_rendered_row(each, translations.get(_identity(each))) for each in news],
        )
    written = write([_submission(each) for each in news])
    transaction.on_commit(lambda: announce(written.published))


def _rendered_row(finished: Finished, translation: Translation | None) -> tuple[str, int | None, str | None, int]:
    label = json.dumps(asdict(finished.label)) if finished.label else None
    return finished.status, translation.pk if translation else None, label, finished.leased.id


def _submission(finished: Finished) -> Submission:
    key = finished.leased.key if finished.status == "machine" else None
    return Submission(finished.leased.feed, TextRender(finished.leased.words, key, finished.status, finished.label))


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
