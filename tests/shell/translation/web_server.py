"""A small server on this machine: with answers given in a test, or with those of a real one, recorded before."""

from __future__ import annotations

import contextlib
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Reply = tuple[int, Any]
Answer = Callable[[str, str, Any], Reply]
"""(method, path, body) to (status, body). A body of bytes is sent as it is, every other one as JSON."""


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """The address of a server that answers so, one thread a request."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(answer("GET", self.path, None))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._reply(answer("POST", self.path, json.loads(body)))

        def _reply(self, reply: Reply) -> None:
            status, body = reply
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            with contextlib.suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
                self.wfile.write(data)

        def log_message(self, *arguments: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Recording:
    """What a real server answered, by request; with its address, requests that are new are passed on and kept."""

    def __init__(self, file: Path, real: str | None) -> None:
        self._file = file
        self._real = real
        self._lock = threading.Lock()
        self._kept: dict[str, Reply] = {}
        if real is None:
            for request, status, body in json.loads(file.read_text("utf-8")):
                self._kept[_key(*request)] = status, body
        self._requests: dict[str, list[Any]] = {}

    def answer(self, method: str, path: str, body: Any) -> Reply:
        """As it was; status 599 for what was never asked."""
        with self._lock:
            key = _key(method, path, body)
            if self._real and key not in self._kept:
                self._kept[key] = _asked(self._real, method, path, body)
                self._requests[key] = [method, path, body]
            return self._kept.get(key, (599, {"error": "not in the recording"}))

    def save(self) -> None:
        """Write what was asked of the real server."""
        if self._real:
            lines = (json.dumps([self._requests[key], *self._kept[key]], ensure_ascii=False) for key in self._requests)
            self._file.write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8")


def _key(method: str, path: str, body: Any) -> str:
    return json.dumps([method, path, body], sort_keys=True)


def _asked(real: str, method: str, path: str, body: Any) -> Reply:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(real + path, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, _short(path, json.loads(response.read()))
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def _short(path: str, answer: Any) -> Any:
    """The description of the interface is long; its version is what matters."""
    return {"info": {"version": answer["info"]["version"]}} if path == "/spec" else answer
