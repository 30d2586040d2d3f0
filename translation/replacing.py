"""A person's translation in the place of the machine's, and what stood there before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from kernel import clock, ids
from live.core.kinds import WordsShown
from live.log import Submission, write
from live.names import text_feed
from live.queries import words
from live.services import announce, load
from translation.core.feed import Credit, TextReplace, TextState
from translation.core.feed import Status as Shown
from translation.models import BY_PEOPLE, FormerText, Passage, Rendering, Status, Translation, by_person
from translation.queries import label_data
from translation.services import open_feed


@dataclass(frozen=True, slots=True)
class Replacement:
    """`text` for words `of` of stream `root`, in `lang`; `source` is the key of the words it was suggested in."""

    root: str
    of: str
    lang: str
    text: str
    source: str
    status: Shown
    credit: Credit
    again: bool = False
    """Whether it waits to be looked at again, since another version was changed."""


@transaction.atomic
def replace_texts(replacements: Sequence[Replacement]) -> None:
    """Point the renderings at these texts, keep what they pointed at, and tell the feeds; joins the caller's
    transaction. Safe to repeat."""
    found = [submission for each in replacements if (submission := _replaced(each))]
    if found:
        written = write(sorted(found, key=lambda submission: submission.stream))
        transaction.on_commit(lambda: announce(written.published))


def sign(root: str, of: str, text: str, *, lang: str, by: str) -> None:
    """This translator of the assembly has reviewed the translation. Where it changes one that people had reviewed, the
    others they reviewed wait to be signed again, as they are or changed too. Safe to repeat."""
    source = ids.digest(by, of, lang, text)[:40]
    replace_texts([Replacement(root, of, lang, text, source, "signed", Credit(by))])


def carry_over(root: str, copies: Mapping[str, str]) -> None:
    """What was signed of words elsewhere stands for their copies in `root` too: not a letter has changed.

    `copies` names the original of each, which may be itself. Joins the caller's transaction. Safe to repeat.
    """
    signed = Rendering.objects.filter(
        status=Status.SIGNED, passage__words__in=set(copies.values()), translation__isnull=False
    ).exclude(passage__root=root)
    rows = list(signed.select_related("passage", "translation").order_by("pk"))
    replace_texts([
        Replacement(root, copy, row.target, row.translation.text, _source(row), "signed", credit, row.again)
        for copy, original in copies.items()
        for row in rows
        if row.passage.words == original and row.translation and (credit := _credit(row))
    ])  # fmt: skip


def _source(row: Rendering) -> str:
    return row.translation.recipe.removeprefix(by_person("")) if row.translation else ""


def _credit(row: Rendering) -> Credit | None:
    state: TextState = load(text_feed(row.passage.root, row.target)).state
    shown = state.rendered.get(row.passage.words)
    return shown.credit if shown else None


def _replaced(new: Replacement) -> Submission | None:
    passage = Passage.objects.filter(root=new.root, words=new.of).first()
    original = words([new.of]).get(new.of)
    if passage is None or original is None:
        return None
    open_feed(new.root, new.lang)
    translation, _ = Translation.objects.get_or_create(
        scope=passage.scope, digest=ids.digest(original.text), source=passage.lang, target=new.lang,
        recipe=by_person(new.source), defaults={"text": new.text},
    )  # fmt: skip
    key = ids.in_order(clock.wall(), ids.new_key())
    rendering, is_new = Rendering.objects.select_for_update().get_or_create(
        passage=passage, target=new.lang,
        defaults={"key": key, "status": new.status, "translation": translation, "again": new.again},
    )  # fmt: skip
    if not is_new and rendering.translation_id == translation.pk:
        Rendering.objects.filter(pk=rendering.pk).update(again=new.again)
        return None
    if not is_new:
        _reopen_others(rendering, new.text)
        _keep_former(rendering)
        Rendering.objects.filter(pk=rendering.pk).update(
            key=key, translation=translation, status=new.status, label=None, again=new.again
        )
    shown = WordsShown(new.text, new.lang, of=new.of, label=label_data(None, new.status))
    return Submission(
        text_feed(new.root, new.lang), TextReplace(new.of, key, new.status, new.credit), words={key: shown}
    )


def _reopen_others(changed: Rendering, text: str) -> None:
    """Once people have changed what people had reviewed, nobody knows whether the other versions still say the same."""
    before = changed.translation
    if changed.status in BY_PEOPLE and before is not None and before.text != text:
        others = Rendering.objects.filter(passage=changed.passage_id, status__in=BY_PEOPLE).exclude(pk=changed.pk)
        others.update(again=True)


def _keep_former(rendering: Rendering) -> None:
    if rendering.translation_id is not None:
        FormerText.objects.create(
            key=rendering.key, rendering=rendering, translation_id=rendering.translation_id,
            status=rendering.status, label=rendering.label,
        )  # fmt: skip
