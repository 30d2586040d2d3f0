"""A LibreTranslate server of the operator's own as an engine: the only one that is asked over a network.

Off unless LIBRETRANSLATE_URL is set. The paths and bodies are those of LibreTranslate 1.x: `GET /languages` and
`GET /spec`, `POST /translate` with a list in `q`. No proxy of the environment is used and no redirect followed:
texts go to the address that was set and nowhere else.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from translation.core.codes import from_libretranslate
from translation.core.hops import Hop, Kind
from translation.engine import Answer, EngineError, Failure, Server, Workshop
from translation.fragments import translate_around

CONNECT_S = 2.0
LOOK_S = 4.0
"""How long the server may take to say what it offers."""
MAX_TOGETHER = 20
"""Texts of one request; a server of the operator's own may set a smaller limit, and then gets them one by one."""
MAX_ANSWER = 4 * 1024 * 1024
SLOW = "no answer in time"
_TOO_OFTEN, _UNAVAILABLE = 429, 503
_KEY_REFUSED = frozenset({401, 403})
Pair = tuple[str, str]


class UnreachableError(EngineError):
    """The server is not there: for now it offers nothing."""


class KeyRefusedError(UnreachableError):
    """The server does not let us in, and will not until it is told another key."""


class BusyError(EngineError):
    """The server has been asked too often; the same may be asked again later."""


class LibreTranslateEngine:
    """Whatever the server says it can translate; pivots are its own affair."""

    name = "libretranslate"

    def __init__(self, workshop: Workshop) -> None:
        self._server = workshop.server
        self._offered: Mapping[Pair, Pair] = {}
        """Our codes of a pair, and the server's."""

    def hops(self) -> tuple[Hop, ...]:
        """Each pair that the server lists now; none where no server is set or it does not answer."""
        if self._server is None:
            return ()
        try:
            version = _version(_ask(self._server, "GET", "/spec", limit_s=LOOK_S))
            self._offered = _pairs(_ask(self._server, "GET", "/languages", limit_s=LOOK_S))
        except EngineError:
            version, self._offered = "", {}
        return tuple(Hop(self.name, *pair, version, Kind.NEURAL) for pair in self._offered)

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        """Fragments between protected spans, as lists; a list that is refused is asked text by text.

        Raises `UnreachableError` or `BusyError`.
        """
        if hop.pair not in self._offered:
            self.hops()
        if self._server is None or hop.pair not in self._offered:
            raise EngineError(f"no hop {hop.source}-{hop.target}")
        server, codes = self._server, self._offered[hop.pair]
        return translate_around(texts, lambda speech: _translated(server, codes, speech), names_inside=True)

    def close(self) -> None:
        """Nothing is kept open between two requests."""


def _translated(server: Server, codes: Pair, texts: Sequence[str]) -> list[Answer]:
    batches = (texts[start : start + MAX_TOGETHER] for start in range(0, len(texts), MAX_TOGETHER))
    return [answer for batch in batches for answer in _batch(server, codes, batch)]


def _batch(server: Server, codes: Pair, texts: Sequence[str]) -> list[Answer]:
    try:
        answer = _ask(server, "POST", "/translate", _question(server, codes, texts), limit_s=server.timeout_s)
    except (UnreachableError, BusyError):
        raise
    except EngineError as error:
        if len(texts) == 1 or str(error) == SLOW:
            return [Failure(str(error))] * len(texts)
        return [answer for text in texts for answer in _batch(server, codes, [text])]
    translated = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(translated, list) or len(translated) != len(texts):
        return [Failure("answers out of step")] * len(texts)
    return [each if isinstance(each, str) and each.strip() else Failure("empty answer") for each in translated]


def _question(server: Server, codes: Pair, texts: Sequence[str]) -> Mapping[str, object]:
    question = {"q": list(texts), "source": codes[0], "target": codes[1], "format": "text"}
    return {**question, "api_key": server.key} if server.key else question


def _pairs(languages: object) -> Mapping[Pair, Pair]:
    """What `GET /languages` says: `[{"code": "en", "targets": ["en", "fr"]}]`."""
    found: dict[Pair, Pair] = {}
    for language in languages if isinstance(languages, list) else ():
        source, targets = (language.get("code"), language.get("targets")) if isinstance(language, dict) else (0, 0)
        if isinstance(source, str) and isinstance(targets, list):
            codes = (target for target in targets if isinstance(target, str) and target != source)
            found |= {(from_libretranslate(source), from_libretranslate(code)): (source, code) for code in codes}
    return found


def _version(spec: object) -> str:
    information = spec.get("info") if isinstance(spec, dict) else None
    version = information.get("version") if isinstance(information, dict) else None
    return f"LibreTranslate {version}"[:60] if version else "LibreTranslate"


def _ask(server: Server, method: str, path: str, body: Mapping[str, object] | None = None, *, limit_s: float) -> Any:
    """The JSON of its answer. Raises `UnreachableError`, `BusyError`, or `EngineError` for this request alone."""
    try:
        status, data = _exchange(server, method, path, body, limit_s)
    except TimeoutError as error:
        raise EngineError(SLOW) from error
    except (OSError, http.client.HTTPException) as error:
        raise UnreachableError(f"no server: {type(error).__name__}") from error
    if status in _KEY_REFUSED:
        raise KeyRefusedError(f"the server does not let us in ({status})")
    if status in {_TOO_OFTEN, _UNAVAILABLE}:
        raise BusyError(f"the server is busy ({status})")
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise EngineError("the server's answer is no JSON") from error
    if status != http.client.OK:
        raise EngineError(f"refused by the server ({status})")
    return answer


def _exchange(
    server: Server, method: str, path: str, body: Mapping[str, object] | None, limit_s: float
) -> tuple[int, bytes]:
    end = time.monotonic() + limit_s
    connection, base = _connection(server.url)
    try:
        _connect(connection)
        connection.sock.settimeout(limit_s)
        sent = json.dumps(body).encode() if body is not None else None
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        connection.request(method, base + path, body=sent, headers=headers)
        response = connection.getresponse()
        data = bytearray()
        while part := response.read1(65536):
            data += part
            if len(data) > MAX_ANSWER or time.monotonic() > end:
                raise TimeoutError
        return response.status, bytes(data)
    finally:
        connection.close()


def _connection(url: str) -> tuple[http.client.HTTPConnection, str]:
    """A connection to the host of `url`, and the path everything is below."""
    address = urlsplit(url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise UnreachableError("LIBRETRANSLATE_URL is no address of a server")
    base = address.path.rstrip("/")
    if address.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(address.hostname, address.port, timeout=CONNECT_S, context=context), base
    return http.client.HTTPConnection(address.hostname, address.port, timeout=CONNECT_S), base


def _connect(connection: http.client.HTTPConnection) -> None:
    """A server that cannot even be connected to in time is not there."""
    try:
        connection.connect()
    except TimeoutError as error:
        raise UnreachableError("no server: it does not answer") from error
