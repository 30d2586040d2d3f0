"""What was translated and when it reached its readers, folded from the text feeds that members received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rehearsal.core.received import ClientLog, Frame, StreamLog

Passage = tuple[str, str]
"""A text (its words key) and a language it is to be read in."""


@dataclass(frozen=True, slots=True)
class Translating:
    """Jobs of one root stream; an utterance may be more than one passage and counts once a language."""

    jobs: Mapping[str, int]
    utterances: int
    done: int
    pending: tuple[Passage, ...]
    missing_pairs: tuple[str, ...]
    failed: int
    doubtful: int


def languages_read(streams: Iterable[str], root: str) -> tuple[str, ...]:
    """Languages of the text feeds of a root stream."""
    prefix = f"{root}.text."
    return tuple(sorted(name.removeprefix(prefix) for name in streams if name.startswith(prefix)))


def followed(logs: Iterable[ClientLog]) -> frozenset[str]:
    """Streams that somebody still follows."""
    return frozenset[str]().union(*(log.held for log in logs))


def translating(streams: Mapping[str, StreamLog], root: str, *, held: frozenset[str]) -> Translating:
    """What became of each passage of a room in each other language somebody read there.

    Nothing is pending in a language whose feed nobody follows any longer (`held`: those that somebody does).
    """
    passages = {key: lang for key, lang, _ in _passages(streams.get(root))}
    spoken = {key: turn for key, _, turn in _passages(streams.get(root)) if turn is not None}
    rendered = _rendered(streams, root)
    wanted = [(key, to) for key, lang in passages.items() for to in languages_read(streams, root) if to != lang]
    got = {passage: rendered[passage] for passage in wanted if passage in rendered}
    jobs = {(spoken[key], f"{passages[key]}>{to}") for key, to in got if key in spoken}
    return Translating(
        jobs=dict(sorted(Counter(pair for _, pair in jobs).items())),
        utterances=len(set(spoken.values())),
        done=sum(data["status"] == "machine" for data in got.values()),
        pending=tuple((key, to) for key, to in wanted if (key, to) not in got and f"{root}.text.{to}" in held),
        missing_pairs=tuple(
            sorted({f"{passages[k]}>{to}" for (k, to), data in got.items() if data["status"] == "missing"})
        ),
        failed=sum(data["status"] == "failed" for data in got.values()),
        doubtful=sum(_is_doubtful(data) for data in got.values()),
    )


def _passages(log: StreamLog | None) -> Iterable[tuple[str, str, tuple[Any, ...] | None]]:
    """Key and language of everything somebody wrote; for an utterance also the turn it belongs to."""
    for event in log.of_kind("contribution.made", "note.made") if log else ():
        data = event["data"]
        words = data["words"]
        is_note = event["kind"] == "note.made"
        yield words["key"], words["lang"], None if is_note else _turn_of(data)


def _turn_of(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two contributions one utterance: the same person, turn and language."""
    return data["member"], data["turn"], data["words"]["lang"]


def _rendered(streams: Mapping[str, StreamLog], root: str) -> dict[Passage, Mapping[str, Any]]:
    """What readers were shown: in events, and in the snapshots of those who came later."""
    found: dict[Passage, Mapping[str, Any]] = {}
    for lang in languages_read(streams, root):
        log = streams[f"{root}.text.{lang}"]
        for state in log.states:
            found |= {(of, lang): shown for of, shown in state.get("rendered", {}).items()}
        found |= {(event["data"]["of"], lang): event["data"] for event in log.of_kind("text.rendered")}
        for data in (event["data"] for event in log.of_kind("text.doubted")):
            before = found.get((data["of"], lang), {})
            found[data["of"], lang] = {**before, "label": {**(before.get("label") or {}), "doubts": data["doubts"]}}
    return found


def _is_doubtful(data: Mapping[str, Any]) -> bool:
    return bool((data.get("label") or {}).get("doubts"))


def made_at(streams: Mapping[str, StreamLog]) -> Mapping[str, int]:
    """Civic moment of every original, by words key."""
    return {
        event["data"]["words"]["key"]: int(event["at"])
        for log in streams.values()
        for event in log.of_kind("contribution.made", "note.made")
    }


def latencies(logs: Sequence[ClientLog], commits: Mapping[str, int], speed: int) -> tuple[float, ...]:
    """Real milliseconds from the commit of an original to each frame of its machine translation at a reader."""
    return tuple(
        (each.at - commits[each.frame["data"]["of"]]) / speed
        for log in logs
        for each in log.events()
        if _is_translation(each.frame) and each.frame["data"]["of"] in commits
    )


def _is_translation(event: Frame) -> bool:
    return bool(event["kind"] == "text.rendered" and event["data"]["status"] == "machine")


def percentiles(values: Sequence[float]) -> Mapping[str, float | None]:
    """p50, p95 and p99 (nearest rank), to a tenth of a millisecond; None without values."""
    ordered = sorted(values)
    if not ordered:
        return {"p50": None, "p95": None, "p99": None}
    return {f"p{rank}": round(ordered[max(0, -(-rank * len(ordered) // 100) - 1)], 1) for rank in (50, 95, 99)}
