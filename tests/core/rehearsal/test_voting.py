"""What became of amendments follows from what happened to them and to the others."""

from __future__ import annotations

from typing import Any

from rehearsal.core.received import StreamLog
from rehearsal.core.voting import fates, signatures


def log(*events: tuple[str, dict[str, Any]]) -> StreamLog:
    frames = tuple(
        {"kind": kind if "." in kind else f"amendment.{kind}", "data": {"motion": "m", **data}} for kind, data in events
    )
    return StreamLog("plenary.1", None, 0, frames)


def offered(key: str, act: str, paragraph: int) -> tuple[str, dict[str, Any]]:
    return "amendment.offered", {"words": {"key": key}, "act": act, "paragraph": paragraph}


OFFERED = [offered("a", "replace", 1), offered("b", "delete", 1), offered("c", "insert", 1), offered("d", "replace", 2)]


def test_what_is_adopted_settles_the_others_on_its_paragraph_and_nothing_else() -> None:
    arranged = ("amendment.arranged", {"order": ["b", "a", "c"]})
    adopted = ("amendment.decided", {"amendment": "b", "fate": "adopted"})
    became = {"a": "lapsed", "b": "adopted", "c": "offered", "d": "unsupported"}
    assert fates(log(*OFFERED, arranged, adopted), "m") == became
    assert fates(log(*OFFERED, arranged, adopted), "other") == {}


def test_an_insertion_settles_nothing_and_nothing_settles_it() -> None:
    arranged = ("amendment.arranged", {"order": ["c", "b", "a", "d"]})
    inserted = ("amendment.decided", {"amendment": "c", "fate": "adopted"})
    assert fates(log(*OFFERED, arranged, inserted), "m") == {
        "a": "offered",
        "b": "offered",
        "c": "adopted",
        "d": "offered",
    }


def test_what_was_taken_back_or_not_adopted_stays_so() -> None:
    events = [
        *OFFERED,
        ("amendment.withdrawn", {"amendment": "a"}),
        ("amendment.arranged", {"order": ["b", "c", "d"]}),
        ("amendment.decided", {"amendment": "b", "fate": "rejected"}),
        ("amendment.decided", {"amendment": "d", "fate": "lapsed"}),
    ]
    assert fates(log(*events), "m") == {"a": "withdrawn", "b": "rejected", "c": "offered", "d": "lapsed"}


def test_a_name_counts_once_until_it_is_taken_back() -> None:
    written = ("statement.written", {"words": {"key": "s"}, "member": "ana"})
    signed = ("statement.signed", {"statement": "s", "member": "bo"})
    left = ("statement.left", {"statement": "s", "member": "ana"})
    assert signatures(log(written, signed, signed), "m") == {"s": 2}
    assert signatures(log(written, signed, left), "m") == {"s": 1}
    assert signatures(log(written, left), "m") == {}
    assert signatures(log(written), "other") == {}
