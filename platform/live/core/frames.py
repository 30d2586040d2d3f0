"""Frames as they leave the server: built once per event, never once per reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kernel import wire
from kernel.errors import Refused
from live.core.kinds import Recorded, WordsShown

PROTOCOL = 1
SUBPROTOCOL = f"hemicycle.{PROTOCOL}"
TEXT, BINARY = 0x81, 0x82
"""First bytes of final frames."""
ACK_BYTES = 64 * 1024
"""A reader acknowledges whenever so much has come: four times within its window."""


class Line(NamedTuple):
    """One event of a stream, ready to send: `payload` is a whole unmasked WebSocket frame."""

    seq: int
    text: str
    payload: bytes
    body: bytes = b""
    """What a binary frame holds; `text` is empty then."""


def words_data(words: Mapping[str, WordsShown]) -> dict[str, Any]:
    """`{key: {text, lang, of?, label?}}`."""
    return {key: _shown(shown) for key, shown in words.items()}


def _shown(words: WordsShown) -> dict[str, Any]:
    data: dict[str, Any] = {"text": words.text, "lang": words.lang}
    if words.of:
        data["of"] = words.of
    if words.label:
        data["label"] = words.label
    return data


def event_frame(record: Recorded[Any], data: str, words: Mapping[str, WordsShown]) -> str:
    """The frame of one event; `data` is the event's canonical JSON, as it is stored."""
    by = "null" if record.by is None else wire.dumps(record.by)
    return (
        f'{{"type":"event","stream":"{record.stream}","seq":{record.seq},"at":{record.at},"by":{by},'
        f'"kind":"{wire.name_of(type(record.event))}","data":{data},"words":{wire.dumps(words_data(words))}}}'
    )


def line(seq: int, text: str) -> Line:
    """A line with its WebSocket frame."""
    return Line(seq, text, websocket_frame(text.encode(), TEXT))


def binary_line(header: Mapping[str, Any], payload: bytes) -> Line:
    """A line with bytes: the length of the header in two bytes, the header as JSON, then the bytes as they are."""
    head = wire.dumps(header).encode()
    body = len(head).to_bytes(2, "big") + head + payload
    return Line(0, "", websocket_frame(body, BINARY), body)


def unframed(body: bytes) -> tuple[str, bytes]:
    """Header (JSON, not parsed yet) and bytes of a binary frame, or `Refused("wire.not_json")`."""
    end = 2 + int.from_bytes(body[:2], "big")
    if len(body) < max(end, 2):
        raise Refused("wire.not_json")
    try:
        return body[2:end].decode(), body[end:]
    except UnicodeDecodeError as error:
        raise Refused("wire.not_json") from error


def websocket_frame(body: bytes, kind: int) -> bytes:
    """A final, unmasked frame (RFC 6455, section 5.2)."""
    size = len(body)
    if size < 126:
        header = bytes((kind, size))
    elif size < 65536:
        header = bytes((kind, 126)) + size.to_bytes(2, "big")
    else:
        header = bytes((kind, 127)) + size.to_bytes(8, "big")
    return header + body


def snapshot_frame(stream: str, seq: int, at: int, state: Any, words: Mapping[str, WordsShown]) -> str:
    """The whole state of a stream after event `seq`."""
    return wire.dumps(
        {"type": "snapshot", "stream": stream, "seq": seq, "at": at, "state": state, "words": words_data(words)}
    )
