"""The common text of a draft: a Yjs document of three plain fields, kept as updates and a folded state.

Every character names the language it was typed in, and by its client who typed it. A document is loaded for each
act and dropped after it: a process may be killed at any moment, and several may serve one room.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from secrets import randbits

from django.db import transaction
from pycrdt import Doc as AnyDoc
from pycrdt import Text, TransactionEvent

from kernel import clock
from kernel.errors import Refused
from kernel.languages import LANGUAGES
from live import hub, queries
from live.documents import Added, Missing
from live.names import document_name, parse_document
from recommendations.core.drafting import MAX_FIELD, MAX_TITLE, DraftState, VersionState
from recommendations.core.texts import LiveText, Run, plain
from recommendations.models import DraftText, Pen, TextUpdate

Doc = AnyDoc[Text]
LIMITS: Mapping[str, int] = {"title": MAX_TITLE, "recommendation": MAX_FIELD, "reasons": MAX_FIELD}
MAX_STATE = 512 * 1024
"""Bytes of a whole document, with what was deleted in it."""
FOLD_EVERY = 64
"""Updates after which they are folded into the state."""
KIND = "draft"
EMPTY = b"\x00\x00"
"""An update that holds nothing."""


def name_of(text: DraftText) -> str:
    """The name of its document."""
    return document_name(text.stream, KIND, text.draft)


@transaction.atomic
def open_text(stream: str, draft: DraftState, *, assembly: int) -> DraftText:
    """The common text of a draft, locked; made if there is none, and then it says what the newest version says. Safe
    to repeat."""
    text, is_new = DraftText.objects.select_for_update().get_or_create(
        draft=draft.key, defaults={"assembly_id": assembly, "stream": stream}
    )
    if is_new and draft.versions:
        _rewrite(text, draft.newest)
    return text


def missing(text: DraftText, known: bytes) -> Missing:
    """What this text has beyond a state vector of Yjs, or `Refused` if it is none; one query."""
    doc = _load(text)
    try:
        update = doc.get_update(known or b"\x00")
    except ValueError as error:
        raise Refused("document.unreadable") from error
    return Missing(text.seq, doc.get_state(), update)


@transaction.atomic
def add_update(text: DraftText, update: bytes, *, member: str) -> Added | None:
    """Store what is new in an update of a locked text, or `Refused`; None: nothing is. Safe to repeat."""
    doc = _load(text)
    before = clients_in(doc.get_state())
    try:
        effect = _applied(doc, update)
    except ValueError as error:
        raise Refused("document.unreadable") from error
    if effect == EMPTY:
        return None
    _refuse_unless_text(doc)
    _claim(text, before, clients_in(doc.get_state()), member)
    return _store(text, doc, effect, member)


def live_text(draft: DraftState | None) -> LiveText | None:
    """What the common text of a draft says now, and whether the newest version says the same; None: there is none. At
    most three queries."""
    fields = fields_of(draft.key) if draft else {}
    if draft is None or not fields:
        return None
    said = _texts(draft.newest) if draft.versions else dict.fromkeys(LIMITS, "")
    is_ahead = any(plain(runs).strip() != said[field].strip() for field, runs in fields.items())
    return LiveText(**fields, is_ahead=is_ahead)


def fields_of(draft: str) -> dict[str, tuple[Run, ...]]:
    """What each field of a common text says, none if there is no text; two queries."""
    text = DraftText.objects.filter(draft=draft).first()
    if text is None:
        return {}
    doc = _load(text)
    return {field: tuple(_runs(doc, field)) for field in LIMITS}


@transaction.atomic
def follow_version(draft: DraftState) -> None:
    """A version was written past the common text: that says the same from now on, and nobody's screen is left behind.
    Safe to repeat."""
    text = DraftText.objects.select_for_update().filter(draft=draft.key).first()
    if text and (now := live_text(draft)) and now.is_ahead:
        _rewrite(text, draft.newest)


@transaction.atomic
def rewrite(text: DraftText, wanted: Mapping[str, str], *, member: str, lang: str) -> Added | None:
    """Let a locked text say this, by a change as small as can be, in the name of a member; None: it says so already.
    Who has it open is told after the commit. Safe to repeat."""
    doc = _load(text, client=randbits(32))
    effects: list[bytes] = []
    subscription = doc.observe(lambda event: effects.append(event.update))
    with doc.transaction():
        for field, said in wanted.items():
            _edit(doc.get(field, type=Text), said, lang)
    doc.unobserve(subscription)
    if not effects or effects[0] == EMPTY:
        return None
    _refuse_unless_text(doc)
    Pen.objects.create(text=text, client=doc.client_id, member=member)
    added = _store(text, doc, effects[0], member)
    transaction.on_commit(lambda: hub.spread(name_of(text), added.seq, member, added.update))
    return added


def seqs(names: Collection[str]) -> dict[str, int]:
    """The number of the last update of each of these documents; one query."""
    keys = {parse_document(name).key: name for name in names}
    rows = DraftText.objects.filter(draft__in=keys).values_list("draft", "seq")
    return {keys[draft]: seq for draft, seq in rows}


def clients_in(vector: bytes) -> dict[int, int]:
    """Clients and how far each has written, in a state vector of Yjs: pairs of numbers of seven bits a byte."""
    numbers = list(_numbers(vector))[1:]
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def _numbers(data: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in data:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield number
            number = shift = 0


def _load(text: DraftText, client: int | None = None) -> Doc:
    doc = Doc(client_id=client)
    if text.state:
        doc.apply_update(bytes(text.state))
    for update in text.updates.filter(seq__gt=text.state_seq).order_by("seq").values_list("update", flat=True):
        doc.apply_update(bytes(update))
    return doc


def _applied(doc: Doc, update: bytes) -> bytes:
    """What of an update took effect: parts whose ground is missing do not, and are told to nobody."""
    effects: list[bytes] = []

    def note(event: TransactionEvent) -> None:
        effects.append(event.update)

    subscription = doc.observe(note)
    doc.apply_update(update)
    doc.unobserve(subscription)
    return effects[0] if effects else EMPTY


def _refuse_unless_text(doc: Doc) -> None:
    """Three fields of plain text, each within its length and in languages that exist, and nothing hidden beside."""
    if not set(doc.keys()) <= set(LIMITS) or len(doc.get_update()) > MAX_STATE:
        raise Refused("document.unreadable")
    for field, limit in LIMITS.items():
        length = len(plain(_runs(doc, field)).strip())
        if length > limit:
            raise Refused("text.too_long", limit=limit, length=length)


def _runs(doc: Doc, field: str) -> Iterator[Run]:
    for text, marks in doc.get(field, type=Text).diff():
        lang = marks.get("lang") if marks and len(marks) == 1 else None
        if not isinstance(text, str) or lang not in LANGUAGES:
            raise Refused("document.unreadable")
        yield Run(text, lang)


def _claim(text: DraftText, before: Mapping[int, int], after: Mapping[int, int], member: str) -> None:
    """Nobody writes with another's pen."""
    grown = [client for client, length in after.items() if length > before.get(client, 0)]
    known = dict(Pen.objects.filter(text=text, client__in=grown).values_list("client", "member"))
    if any(owner != member for owner in known.values()):
        raise Refused("document.not_yours")
    Pen.objects.bulk_create(Pen(text=text, client=client, member=member) for client in grown if client not in known)


def _store(text: DraftText, doc: Doc, effect: bytes, member: str) -> Added:
    text.seq += 1
    if text.seq - text.state_seq >= FOLD_EVERY:
        text.updates.all().delete()
        text.state, text.state_seq = doc.get_update(), text.seq
    else:
        TextUpdate.objects.create(text=text, seq=text.seq, member=member, at=clock.now(), update=effect)
    text.save()
    return Added(text.seq, effect)


def _texts(version: VersionState) -> dict[str, str]:
    keys = {"title": version.title, "recommendation": version.recommendation, "reasons": version.reasons}
    words = queries.words(key for key in keys.values() if key)
    return {field: words[key].text if key and key in words else "" for field, key in keys.items()}


def _rewrite(text: DraftText, version: VersionState) -> None:
    rewrite(text, _texts(version), member=version.member, lang=version.lang)


def _edit(text: Text, said: str, lang: str) -> None:
    """Replace what differs, word by word; positions of pycrdt count bytes of UTF-8."""
    old, new = _words(str(text)), _words(said)
    at = 0
    for _, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = _size(old[i:j]), "".join(new[k:m])
        if old[i:j] != new[k:m]:
            if gone:
                del text[at : at + gone]
            if come:
                text.insert(at, come, {"lang": lang})
        at += len(come.encode())


def _words(text: str) -> list[str]:
    return re.findall(r"\s|[^\s]+", text)


def _size(words: Iterable[str]) -> int:
    return len("".join(words).encode())
