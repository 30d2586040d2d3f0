"""Wanting texts in the languages they are read in, and storing what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from kernel import ids, wire
from kernel.languages import language
from live import bulk
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
    passages = Passage.objects.filter(root=root).order_by("-id").values_list("pk", "lang")[:BACKLOG]
    _want(((passage, spoken, [lang]) for passage, spoken in passages), Urgency.BACKLOG)


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
    """The same for many streams; four statements. Safe to repeat."""
    passages = [(each.root, word.key, word.lang, each.scope) for each in wanted for word in each.words]
    if not passages:
        return
    bulk.insert(Passage, ("root", "words", "lang", "scope"), passages, skip_known=True)
    roots = {each.root for each in wanted}
    langs: dict[str, list[str]] = {}
    for root, lang in FeedLanguage.objects.filter(root__in=roots).values_list("root", "lang"):
        langs.setdefault(root, []).append(lang)
    stored = Passage.objects.filter(root__in=roots, words__in=[words for _, words, _, _ in passages])
    found = stored.values_list("pk", "lang", "root")
    _want(((passage, lang, langs.get(root, ())) for passage, lang, root in found), urgency)


RENDERING = ("key", "passage", "target", "status", "urgency", "tries", "leased_until")


def _want(passages: Iterable[tuple[int, str, Sequence[str]]], urgency: Urgency) -> None:
    """Rows for (passage, its language, languages it is read in)."""
    rows = [
        (ids.new_key(), passage, target, Status.WANTED.value, int(urgency), 0, 0)
        for passage, lang, targets in passages
        for target in targets
        if is_foreign(lang, target)
    ]
    bulk.insert(Rendering, RENDERING, rows, skip_known=True)
    if rows:
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


def _rendered_row(finished: Finished, translation: int | None) -> tuple[str, int | None, str | None, int]:
    label = json.dumps(wire.encode(finished.label)) if finished.label else None
    return finished.status, translation, label, finished.leased.id


def _submission(finished: Finished) -> Submission:
    key = finished.leased.key if finished.status == "machine" else None
    return Submission(finished.leased.feed, TextRender(finished.leased.words, key, finished.status, finished.label))


Identity = tuple[str, str, str, str, str]


def _identity(finished: Finished) -> Identity:
    leased = finished.leased
    return leased.scope, leased.digest, leased.source, leased.target, finished.recipe


TRANSLATION = ("scope", "digest", "source", "target", "recipe", "text", "doubts")


def _store_translations(finished: Sequence[Finished]) -> dict[Identity, int]:
    """Keys of the rows of these results; one that was stored before stays as it is."""
    rows = {_identity(each): each for each in finished}
    values = [(*identity, each.text, json.dumps(_doubts(each))) for identity, each in rows.items()]
    bulk.insert(Translation, TRANSLATION, values, skip_known=True)
    found = Translation.objects.filter(digest__in={identity[1] for identity in rows})
    stored = {tuple(row): pk for pk, *row in found.values_list("pk", "scope", "digest", "source", "target", "recipe")}
    return {identity: stored[identity] for identity in rows}


def _doubts(finished: Finished) -> Sequence[str]:
    return finished.label.doubts if finished.label else ()
