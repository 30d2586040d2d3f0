"""Wanting texts in the languages they are read in, and storing what came of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from django.db import connection, transaction

from kernel import clock, ids, wire
from kernel.languages import is_foreign, language
from live import bulk
from live.core.kinds import Words, WordsShown
from live.log import Submission, write
from live.models import Withheld
from live.names import text_feed
from live.services import announce, create_stream, withhold
from translation import bell, leases
from translation.core.feed import Label, TextDoubt, TextRender
from translation.core.feed import Status as Shown
from translation.core.glossary import Term
from translation.core.queue import Urgency
from translation.leases import Leased
from translation.models import AgreedTerm, FeedLanguage, KeptName, Passage, Rendering, Status, Translation, by_person
from translation.queries import label_data

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
    _want_passages(Passage.objects.filter(root=root).order_by("-id")[:BACKLOG], lang, Urgency.BACKLOG)


@transaction.atomic
def want_in(words: Collection[str], lang: str, *, urgency: Urgency = Urgency.DRAFT) -> None:
    """Want these words in one more language, though nobody may read all of their streams in it. Safe to repeat."""
    language(lang)
    passages = [each for each in Passage.objects.filter(words__in=words) if is_foreign(each.lang, lang)]
    for root in sorted({each.root for each in passages}):
        create_stream(text_feed(root, lang))
    _want_passages(passages, lang, urgency)


def _want_passages(passages: Iterable[Passage], lang: str, urgency: Urgency) -> None:
    rows = [(_new_key(), each.pk, lang) for each in passages if is_foreign(each.lang, lang)]
    _store_wanted(rows, urgency, taken=False)
    if rows:
        transaction.on_commit(bell.wake)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words of stream `root` that its readers want in their languages."""

    root: str
    scope: str
    words: Sequence[Words]


def want(root: str, *, scope: str, words: Sequence[Words], urgency: Urgency = Urgency.LIVE) -> None:
    """Words of `root` that its readers want in their languages; joins the caller's transaction. Safe to repeat."""
    want_all([Wanted(root, scope, words)], urgency=urgency)


@transaction.atomic(savepoint=False)
def want_all(wanted: Sequence[Wanted], *, urgency: Urgency = Urgency.LIVE) -> None:
    """The same for many streams; four statements. Safe to repeat.

    A dispatcher of this process gets live words handed over after the commit, leased to it from the start, where
    their text is at hand.
    """
    passages = [(each.root, word.key, word.lang, each.scope) for each in wanted for word in each.words]
    if not passages:
        return
    bulk.insert(Passage, ("root", "words", "lang", "scope"), passages, skip_known=True)
    roots, texts = {each.root for each in wanted}, {word.key: word.text for each in wanted for word in each.words}
    langs: dict[str, list[str]] = {}
    for root, lang in bulk.select(FeedLanguage, ("root", "lang"), root=roots):
        langs.setdefault(root, []).append(lang)
    stored = sorted(bulk.select(Passage, ("id", "root", "words", "scope", "lang"), words=texts))  # as they were said
    digests = {key: ids.digest(text) for key, text in texts.items()}
    desk = bell.desk() if urgency is Urgency.LIVE and all(texts.values()) else None
    work = [
        Leased(
            key=_new_key(), passage=passage, root=root, words=words, scope=scope, source=lang, target=target,
            urgency=urgency, tries=1 if desk else 0, text=texts[words], digest=digests[words],
        )
        for passage, root, words, scope, lang in stored
        for target in langs.get(root, ())
        if is_foreign(lang, target)
    ]  # fmt: skip
    _store_wanted(((each.key, each.passage, each.target) for each in work), urgency, taken=bool(desk))
    if work:
        transaction.on_commit(partial(desk.hand, work) if desk else bell.wake)


def _new_key() -> str:
    return ids.in_order(clock.wall(), ids.new_key())


RENDERING = ("key", "passage", "target", "status", "urgency", "tries", "leased_until")


def _store_wanted(rows: Iterable[tuple[str, int, str]], urgency: Urgency, *, taken: bool) -> None:
    """Rows for (key, passage, language it is read in); leased from the start where a dispatcher here takes them."""
    fixed = (Status.WANTED.value, int(urgency), *((1, leases.lease_end()) if taken else (0, -clock.wall())))
    bulk.insert(Rendering, RENDERING, ((*row, *fixed) for row in rows), skip_known=True)


def keep_names(scope: str, names: Iterable[str]) -> None:
    """Names that translations in `scope` leave as they are from now on. Safe to repeat."""
    rows = [KeptName(scope=scope, name=name[:120]) for name in names if name.strip()]
    KeptName.objects.bulk_create(rows, ignore_conflicts=True)


def drop_names(scope: str, names: Iterable[str]) -> None:
    """Forget names, when a person is erased. Safe to repeat."""
    KeptName.objects.filter(scope=scope, name__in=list(names)).delete()


def silence(words: Collection[str]) -> None:
    """Show these words and every translation of them to nobody from now on; joins the caller's transaction. Safe to
    repeat.

    Their passages are locked as `render` locks them: a translation that is being stored meanwhile is either told
    before this commits, or told without its text.
    """
    bulk.lock(Passage, words=words)
    withhold(words)


@transaction.atomic
def agree_terms(scope: str, terms: Sequence[Term]) -> None:
    """Replace the glossary of a scope. What is translated from now on uses it; what is shown stays. Safe to repeat."""
    AgreedTerm.objects.filter(scope=scope).delete()
    AgreedTerm.objects.bulk_create(
        AgreedTerm(
            scope=scope, number=number, lang=lang,
            forms=list(term.forms.get(lang, ())), meaning=term.meanings.get(lang, ""),
        )
        for number, term in enumerate(terms, 1)
        for lang in dict.fromkeys((*term.forms, *term.meanings))
    )  # fmt: skip


@transaction.atomic
def forget(words: Iterable[str]) -> None:
    """Erase every translation of these words (keys), former ones too, and those that were written in them, when the
    original is erased. Safe to repeat."""
    keys = list(words)
    passages = Passage.objects.filter(words__in=keys)
    Translation.objects.filter(recipe__in=[by_person(key) for key in keys]).delete()
    Translation.objects.filter(formertext__rendering__passage__in=passages).delete()
    Translation.objects.filter(rendering__passage__in=passages).delete()
    passages.delete()


class Finished(NamedTuple):
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
    keys = {each.leased.key for each in finished}
    waiting = bulk.select(Rendering, ("key",), lock=True, key=keys, status=[Status.WANTED.value])
    still_wanted = {key for (key,) in waiting}
    news = sorted(
        (each for each in finished if each.leased.key in still_wanted),
        key=lambda one: (one.leased.feed, one.leased.passage),
    )
    if not news:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE translation_rendering SET status = %s, translation_id = %s, label = %s WHERE key = %s",
            [_rendered_row(each, translations.get(_identity(each))) for each in news],
        )
    bulk.lock(Passage, id={each.leased.passage for each in news})
    withheld = {key for (key,) in bulk.select(Withheld, ("key",), key={each.leased.words for each in news})}
    written = write([_submission(each, shows=each.leased.words not in withheld) for each in news])
    transaction.on_commit(lambda: announce(written.published))


@transaction.atomic
def doubt_further(key: str, doubt: str) -> None:
    """A second look at the machine's text that rendering `key` shows has found it doubtful: mark it wherever it is
    shown, and tell the feeds. Safe to repeat."""
    found = Translation.objects.select_for_update().filter(rendering__key=key, rendering__status=Status.MACHINE).first()
    if found is None or doubt in found.doubts:
        return
    found.doubts = sorted({*found.doubts, doubt})
    found.save(update_fields=["doubts"])
    shown = list(Rendering.objects.filter(translation=found, status=Status.MACHINE).select_related("passage"))
    for each in shown:
        each.label = {**(each.label or {}), "doubts": found.doubts}
    Rendering.objects.bulk_update(shown, ["label"])
    marks = tuple(found.doubts)
    submissions = [
        Submission(text_feed(each.passage.root, each.target), TextDoubt(each.passage.words, each.key, marks))
        for each in shown
    ]
    written = write(sorted(submissions, key=lambda submission: submission.stream))
    transaction.on_commit(lambda: announce(written.published))


def _rendered_row(finished: Finished, translation: int | None) -> tuple[str, int | None, str | None, str]:
    return finished.status, translation, _label_json(finished.label), finished.leased.key


@lru_cache(maxsize=1024)
def _label_json(label: Label | None) -> str | None:
    return json.dumps(wire.encode(label)) if label else None


@lru_cache(maxsize=1024)
def _label_shown(label: Label | None, status: str) -> Mapping[str, str]:
    return label_data(wire.encode(label) if label else None, status)


def _submission(finished: Finished, *, shows: bool) -> Submission:
    """What the feed is told, together with the text, which it need not read back, unless the original is withheld."""
    leased, status, label = finished.leased, finished.status, finished.label
    if status != "machine":
        return Submission(leased.feed, TextRender(leased.words, None, status, label))
    shown = WordsShown(finished.text, leased.target, of=leased.words, label=_label_shown(label, status))
    command = TextRender(leased.words, leased.key, status, label)
    return Submission(leased.feed, command, words={leased.key: shown} if shows else {})


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
    scopes, digests = {identity[0] for identity in rows}, {identity[1] for identity in rows}
    fields = ("id", "scope", "digest", "source", "target", "recipe")
    found = bulk.select(Translation, fields, scope=scopes, digest=digests)
    stored = {tuple(identity): pk for pk, *identity in found}
    return {identity: stored[identity] for identity in rows}


def _doubts(finished: Finished) -> Sequence[str]:
    return finished.label.doubts if finished.label else ()
