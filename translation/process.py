"""The engine process: holds models and pipelines, answers batches from two threads, ends with its parent.

Started by `translation.host` as `python -m translation.process FD CONFIGURATION`; knows no Django and no table.
"""

from __future__ import annotations

import contextlib
import dataclasses
import faulthandler
import json
import os
import signal
import socket
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import Any

from translation.channel import Channel
from translation.core.hops import Hop, Kind
from translation.engine import Answer, Engine, EngineError, Failure, Scored, Workshop, make_engine
from translation.isolation import leave_network

LANES = 2
_NICENESS = 5


def main(arguments: list[str]) -> None:
    """Serve until the parent hangs up or asks to end; does not return."""
    faulthandler.enable()
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        os.nice(_NICENESS)
    network = leave_network()
    channel = Channel(socket.socket(fileno=int(arguments[0])))
    engines = _make_engines(json.loads(arguments[1]))
    with contextlib.suppress(OSError):
        channel.send({"id": 0, "network": network, "hops": _hops(engines)})
        _serve(channel, engines)
    _end()


def hop_from(data: Mapping[str, Any]) -> Hop:
    """A hop as it came over the channel."""
    return Hop(**{**data, "kind": Kind(data["kind"])})


def answer_from(data: Mapping[str, Any]) -> Answer:
    """One text's answer as it came over the channel."""
    if "text" not in data:
        return Failure(str(data.get("failed", "")))
    return Scored(str(data["text"]), float(data["standing"])) if "standing" in data else str(data["text"])


def _end(number: int = 0, frame: FrameType | None = None) -> None:
    """At once: a thread may be inside a model, and Apertium's programs end with their pipes."""
    os._exit(0)


def _make_engines(configuration: Mapping[str, Any]) -> dict[str, Engine]:
    """The engines that can be made here; an absent one is not offered and is no error."""
    workshop = Workshop(Path(configuration["packages"]), configuration["memory"])
    engines = {}
    for name in configuration["engines"]:
        try:
            engine = make_engine(name, workshop)
        except (ImportError, AttributeError, EngineError) as error:
            sys.stderr.write(f"engine {name} is not available: {type(error).__name__}\n")
        else:
            engines[engine.name] = engine
    return engines


def _serve(channel: Channel, engines: Mapping[str, Engine]) -> None:
    workers = ThreadPoolExecutor(LANES, thread_name_prefix="engine")
    while request := channel.receive():
        if request["do"] == "look":
            channel.send({"id": request["id"], "hops": _hops(engines)})
        else:
            channel.send({"id": request["id"], "heard": True})
            workers.submit(_answer, channel, engines, request)


def _hops(engines: Mapping[str, Engine]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(hop) for engine in engines.values() for hop in engine.hops()]


def _answer(channel: Channel, engines: Mapping[str, Engine], request: Mapping[str, Any]) -> None:
    """Two frames after the one that it was heard: that the engine is ready for the hop, then the answers; or one, why
    it is not ready."""
    number, hop = request["id"], hop_from(request["hop"])
    _, unready = _attempt(engines, hop, [], hurry=False)
    with contextlib.suppress(OSError):
        if unready:
            channel.send({"id": number, "unloaded": unready})
            return
        channel.send({"id": number, "loaded": True})
        answers, trouble = _attempt(engines, hop, request["texts"], hurry=request["hurry"])
        channel.send({"id": number, **({"error": trouble} if trouble else {"texts": [*map(_data, answers)]})})


def _attempt(engines: Mapping[str, Engine], hop: Hop, texts: list[str], *, hurry: bool) -> tuple[list[Answer], str]:
    """The answers, or what went wrong."""
    try:
        return _translate(engines, hop, texts, hurry=hurry), ""
    except EngineError as error:
        return [], str(error)
    except Exception as error:
        return [], type(error).__name__


def _translate(engines: Mapping[str, Engine], hop: Hop, texts: list[str], *, hurry: bool) -> list[Answer]:
    """Without texts, the engine only loads what the hop needs."""
    if hop.engine not in engines:
        raise EngineError(f"no engine {hop.engine}")
    return engines[hop.engine].translate(hop, texts, hurry=hurry)


def _data(answer: Answer) -> dict[str, str | float]:
    match answer:
        case Failure(reason):
            return {"failed": reason}
        case Scored(text, standing):
            return {"text": text, "standing": standing}
        case text:
            return {"text": text}


if __name__ == "__main__":
    main(sys.argv[1:])
