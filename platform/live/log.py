"""The log writer's transaction: many commands decided and stored together, or one at a time when that fails."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice
from typing import Any, NamedTuple

import structlog
from django.db import OperationalError, connection, transaction

from kernel import clock, ids, wire
from kernel.errors import Refused
from live import bulk, folds, outages
from live.core import frames
from live.core.kinds import Moment, Projection, Recorded, StreamKind, Words, WordsShown, words_of
from live.folds import Fold, Position
from live.models import Event, Stream
from live.models import Words as WordsRow
from live.registry import kind_of

log = structlog.get_logger(__name__)
EventRow = tuple[int, int, int, str, str, int, str, str, str]
EVENT_FIELDS = ("stream", "seq", "at", "by", "kind", "version", "data", "ref", "head")
MAX_EXPIRIES = 1000
"""Deadlines applied in one go before a stream is called broken."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A command on its way to the log. `command` None only lets passed deadlines take effect."""

    stream: str
    command: Any
    by: str | None = None
    ref: str | None = None
    at: int = field(default_factory=clock.now)
    words: Mapping[str, WordsShown] = field(default_factory=dict)
    """Words just stored that the events will mention; they need not be read back to be told."""


class Answer(NamedTuple):
    """What a command came to: the number of its first event, or None when nothing had to happen."""

    seq: int | None


class Published(NamedTuple):
    """What a committed batch added to one stream."""

    stream: str
    records: tuple[Recorded[Any], ...]
    lines: tuple[frames.Line, ...]
    fold: Fold


@dataclass(frozen=True, slots=True)
class Written:
    """Answers in the order of the submissions, and what is to be told to readers."""

    answers: tuple[Answer | Refused, ...]
    published: tuple[Published, ...]


@dataclass(slots=True)
class _Draft:
    """One stream while a batch is being decided."""

    row: Position
    kind: StreamKind[Any]
    fold: Fold
    seeds: Iterator[str]
    records: list[Recorded[Any]] = field(default_factory=list)
    rows: list[EventRow] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    confided: Any = None

    def append(self, event: Any, at: int, *, by: str | None, ref: str | None) -> int:
        """Number, chain and fold one event."""
        record: Recorded[Any] = Recorded(self.row.name, self.fold.seq + 1, at, by, event)
        data, kind_name = wire.canonical(wire.encode(event)), wire.name_of(type(event))
        head = chained(self.fold.head, record, f"{kind_name}/{self.kind.version}", data)
        self.rows.append((self.row.id, record.seq, at, by or "", kind_name, self.kind.version, data, ref or "", head))
        self.data.append(data)
        self.fold = folds.folded(self.kind, self.kind.evolve(self.fold.state, record), record.seq, at, head)
        self.records.append(record)
        self.words += words_in(event)
        return record.seq


def chained(head: str, record: Recorded[Any], kind: str, data: str) -> str:
    """The head of a stream after one more event: SHA-256 over the head before it and everything the log holds of it."""
    return ids.digest(head, str(record.seq), str(record.at), record.by or "", kind, data)


def words_in(event: Any) -> list[Words]:
    """The words of an event whose texts are at hand: those that were just written."""
    return [words for words in words_of(event) if words.text]


def write(batch: Sequence[Submission]) -> Written:
    """Decide and store a batch in one transaction; a batch that fails is replayed one command at a time.

    Joins the caller's transaction if there is one; then nothing may be told to readers before it commits.
    """
    try:
        outages.keep_up()
        return _write_together(batch)
    except Exception as error:
        if connection.in_atomic_block:
            raise
        _after_failure(error)
        if len(batch) > 1:
            return _joined(write([submission]) for submission in batch)
        if isinstance(error, OperationalError):
            return Written((Refused("live.try_again"),), ())
        log.exception("command failed", stream=batch[0].stream, name=type(batch[0].command).__name__)
        return Written((Refused("live.failed"),), ())


def _after_failure(error: Exception) -> None:
    if isinstance(error, OperationalError):
        connection.close()


def _joined(parts: Iterable[Written]) -> Written:
    parts = list(parts)
    return Written(
        tuple(answer for part in parts for answer in part.answers),
        tuple(published for part in parts for published in part.published),
    )


def _write_together(batch: Sequence[Submission]) -> Written:
    with transaction.atomic():
        drafts = _open_drafts({submission.stream for submission in batch})
        batch = [_signed(submission, drafts) for submission in batch]
        earlier = _earlier_answers(batch, drafts)
        answers = tuple(_answer(submission, drafts, earlier) for submission in batch)
        changed = [draft for draft in drafts.values() if draft.records]
        _store(changed)
        at_hand = {word.key: WordsShown(word.text, word.lang) for draft in changed for word in draft.words}
        for submission in batch:
            at_hand.update(submission.words)
        published = tuple(each for kind, drafts in _by_kind(changed) for each in _published(kind, drafts, at_hand))
    return Written(answers, published)


def _signed(submission: Submission, drafts: Mapping[str, _Draft]) -> Submission:
    draft = drafts.get(submission.stream)
    if draft is None or submission.by is None:
        return submission
    return replace(submission, by=draft.kind.signed(submission.stream, submission.command, submission.by))


def _open_drafts(names: Collection[str]) -> dict[str, _Draft]:
    rows = folds.positions(names, lock=True)
    seeds = _seeds()
    drafts = {row.name: _Draft(row, kind_of(row.name)[1], folds.current(row), seeds) for row in rows}
    for kind, group in _by_kind([*drafts.values()]):
        confided = kind.confided([draft.row.name for draft in group])
        for draft in group:
            draft.confided = confided.get(draft.row.name)
    return drafts


def _seeds() -> Iterator[str]:
    """One secret a batch, another seed from it for each decision."""
    secret = ids.new_code()
    return (f"{secret}.{number}" for number in count())


def _earlier_answers(batch: Sequence[Submission], drafts: Mapping[str, _Draft]) -> dict[tuple[str, str, str], int]:
    """Answers already given to the same (stream, actor, ref): a repeated command has one effect."""
    asked = bulk.rounded(
        [
            (drafts[submission.stream].row.id, submission.by or "", submission.ref)
            for submission in batch
            if submission.ref and submission.stream in drafts
        ]
    )
    if not asked:
        return {}
    names = {draft.row.id: name for name, draft in drafts.items()}
    rows = ", ".join(["(%s, %s, %s)"] * len(asked))
    # Joined to the values, and with the condition of the partial index, so that the index answers for each of them.
    statement = f"""SELECT e.stream_id, e."by", e.ref, e.seq FROM (VALUES {rows}) AS asked
        JOIN live_event e ON e.stream_id = asked.column1 AND e."by" = asked.column2 AND e.ref = asked.column3
        WHERE NOT e.ref = ''"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for identity in asked for value in identity])
        return {(names[stream], by, ref): seq for stream, by, ref, seq in cursor.fetchall()}


def _answer(
    submission: Submission, drafts: Mapping[str, _Draft], earlier: dict[tuple[str, str, str], int]
) -> Answer | Refused:
    draft = drafts.get(submission.stream)
    if draft is None:
        return Refused("stream.unknown")
    identity = (submission.stream, submission.by or "", submission.ref or "")
    if submission.ref and identity in earlier:
        return Answer(earlier[identity])
    at = max(draft.fold.at, submission.at)
    _expire(draft, at)
    at = max(draft.fold.at, at)
    if submission.command is None:
        return Answer(None)
    try:
        events = draft.kind.decide(
            draft.fold.state, submission.command, _moment(draft, at, submission.by, submission.command)
        )
    except Refused as refusal:
        return refusal
    seq = None
    for event in events:
        number = draft.append(event, at, by=submission.by, ref=submission.ref if seq is None else None)
        seq = number if seq is None else seq
    if seq is not None and submission.ref:
        earlier[identity] = seq
    return Answer(seq)


def _moment(draft: _Draft, at: int, by: str | None, command: Any) -> Moment:
    gathered = draft.kind.gather(draft.row.name, draft.fold.state, command)
    return Moment(at=at, by=by, seed=next(draft.seeds), gathered=gathered, confided=draft.confided)


def _expire(draft: _Draft, until: int) -> None:
    """Let every deadline up to `until` take effect at its own time. Times in which nobody was served stand still."""
    for outage in outages.known():
        if outage.ended_at <= draft.fold.at or not draft.fold.seq:
            continue
        _let_pass(draft, outage.began_at)
        began_at = max(outage.began_at, draft.fold.at)
        for event, at in draft.kind.stalled(draft.fold.state, began_at, outage.ended_at):
            draft.append(event, at, by=None, ref=None)
    _let_pass(draft, until)


def _let_pass(draft: _Draft, until: int) -> None:
    for _ in range(MAX_EXPIRIES):
        due = draft.fold.deadline
        if due is None or due > until:
            return
        at = max(draft.fold.at, due)
        events = draft.kind.expire(draft.fold.state, _moment(draft, at, None, None))
        if not events:
            return
        for event in events:
            draft.append(event, at, by=None, ref=None)
    raise RuntimeError(f"{draft.row.name}: deadlines do not come to an end")


def _store(changed: Sequence[_Draft]) -> None:
    if not changed:
        return
    words = (
        (word.key, draft.row.name, word.lang, word.text, word.salt, word.digest)
        for draft in changed
        for word in draft.words
    )
    bulk.insert(WordsRow, ("key", "stream", "lang", "text", "salt", "digest"), words)
    bulk.insert(Event, EVENT_FIELDS, (row for draft in changed for row in draft.rows))
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE live_stream SET last_seq = %s, last_at = %s, head = %s, deadline = %s WHERE id = %s",
            [_position(draft) for draft in changed],
        )
    for draft in changed:
        _keep_snapshot(draft)
    for kind, drafts in _by_kind(changed):
        kind.project([Projection(draft.row.name, draft.fold.state, draft.records) for draft in drafts])


def _by_kind(drafts: Sequence[_Draft]) -> list[tuple[StreamKind[Any], list[_Draft]]]:
    grouped: dict[str, list[_Draft]] = {}
    for draft in drafts:
        grouped.setdefault(draft.kind.name, []).append(draft)
    return [(group[0].kind, group) for group in grouped.values()]


def _position(draft: _Draft) -> tuple[int, int, str, int | None, int]:
    fold = draft.fold
    return fold.seq, fold.at, fold.head, fold.deadline, draft.row.id


def _keep_snapshot(draft: _Draft) -> None:
    row, fold, version = draft.row, draft.fold, draft.kind.version
    if fold.seq - row.snapshot_seq >= folds.SNAPSHOT_EVERY or row.version != version:
        snapshot = wire.dumps(wire.encode(fold.state))
        Stream.objects.filter(pk=row.id).update(snapshot=snapshot, snapshot_seq=fold.seq, version=version)


def _published(kind: StreamKind[Any], drafts: Sequence[_Draft], at_hand: Mapping[str, WordsShown]) -> list[Published]:
    """Frames of all streams of a kind, with one query for the words that are not at hand."""
    records = [record for draft in drafts for record in draft.records]
    lines = iter(lines_of(kind, records, [data for draft in drafts for data in draft.data], at_hand))
    return [
        Published(draft.row.name, tuple(draft.records), tuple(islice(lines, len(draft.records))), draft.fold)
        for draft in drafts
    ]


def lines_of(
    kind: StreamKind[Any], records: Sequence[Recorded[Any]], data: Sequence[str], at_hand: Mapping[str, WordsShown]
) -> list[frames.Line]:
    """The frames of these records, whose canonical JSON is `data`, with the words their readers need."""
    wanted = [tuple(kind.mentions(record.event)) for record in records]
    absent = {key for keys in wanted for key in keys if key not in at_hand}
    shown = {**at_hand, **kind.words(absent)} if absent else at_hand
    return [
        frames.line(record.seq, frames.event_frame(record, text, {key: shown[key] for key in keys if key in shown}))
        for record, text, keys in zip(records, data, wanted, strict=True)
    ]
