"""`python -m tests.bench.live`: fan-out of the product against Channels as its tutorial writes it, and the limit.

Rooms of 8 hear what one of them says. All servers run on one core, the load and Redis on the other; references
and ours take turns, and the ratios are of server CPU per delivery, which noise of the machine disturbs least.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from live.core.frames import ACK_BYTES
from tests.bench import report
from tests.bench.load import DAPHNE, PYTHON, ROOT, Cost, cpu_seconds, free_port, measure, process, redis
from tests.bench.sockets import LoadSocket, open_socket

LANGUAGES = "es,fr,ca"
MEMBERS = 8
HONEST_US = {"core": 2 * 511, "pubsub": 2 * 261, "broadcast": 2 * 22.5}
"""CPU per delivery above which a reference is not taken to be well written (twice what was measured before, at
these rates)."""
RATES = {"core": 1.0, "pubsub": 2.5, "broadcast": 6.0, "ours": 6.0}
"""What each is loaded with, events a second and room: what ours is, or less where it does not sustain that. A delivery
costs less the more of them wait for one turn of the loop, so more than ours would flatter a reference."""
AT_REST = 0.05
"""CPU seconds a second below which a server is taken to be done with everybody's arrival."""
PADDING = "x" * 150


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done."""

    rooms: int
    passes: int
    seconds: float


def text_now() -> str:
    """About 200 bytes that say when they were sent."""
    return f"t={time.monotonic_ns()}; {PADDING}"


class Counter:
    """Deliveries of a kind, over all members."""

    def __init__(self) -> None:
        self.value = 0

    def count(self, payload: bytes) -> None:
        """Every frame counts."""
        self.value += 1


# --- references


async def stock(layer: str, plan: Plan, redis_url: str) -> Cost:
    """Channels with one of its Redis layers."""
    port = free_port()
    environment = {"STOCK_LAYER": layer, "STOCK_REDIS": redis_url}
    with process([*DAPHNE, "-p", str(port), "tests.bench.stock:application"], environment, port) as server:
        return await _reference(layer, plan, server.pid, port, "/room/{}", lambda text: json.dumps({"message": text}))


async def broadcasting(plan: Plan) -> Cost:
    """`websockets.broadcast`."""
    port = free_port()
    with process([PYTHON, "-m", "tests.bench.broadcaster", str(port)], {}, port) as server:
        return await _reference("broadcast", plan, server.pid, port, "/{}", lambda text: text)


async def _reference(name: str, plan: Plan, pid: int, port: int, path: str, frame: Callable[[str], str]) -> Cost:
    counter, rooms = Counter(), []
    for room in range(plan.rooms):
        members = [
            await open_socket(port, path.format(room), {"Origin": f"http://127.0.0.1:{port}"}) for _ in range(MEMBERS)
        ]
        for member in members:
            member.on_frame = counter.count
        rooms.append(members)
    everybody = [member for members in rooms for member in members]
    await asyncio.sleep(0.5)
    cost = await measure(
        pid, everybody, lambda room: rooms[room][0].send(frame(text_now())), senders=plan.rooms, rate=RATES[name],
        seconds=plan.seconds, expected=lambda said: said * MEMBERS, delivered=lambda: counter.value,
    )  # fmt: skip
    _hang_up(everybody)
    return cost


def _hang_up(members: list[LoadSocket]) -> None:
    for member in members:
        member.transport.abort()


# --- ours


@contextmanager
def house(plan: Plan, redis_url: str) -> Iterator[tuple[dict[str, str], dict[str, list[list[list[str]]]], int]]:
    """An installation with rooms and members; (environment, rooms, port)."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = {
            "HEMICYCLE_STATE": folder, "DJANGO_SETTINGS_MODULE": "hemicycle.settings", "REHEARSAL": "1",
            "REDIS_URL": redis_url, "TRANSLATION_IN_PROCESS": "0",
            "BASE_URL": f"http://127.0.0.1:{port}", "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }  # fmt: skip
        built = Path(folder) / "rooms.json"
        subprocess.run(
            [PYTHON, "-m", "tests.bench.house", str(built), str(plan.rooms), str(MEMBERS), LANGUAGES],
            check=True, cwd=ROOT, env={**os.environ, **environment},
        )  # fmt: skip
        yield environment, json.loads(built.read_text()), port


FRAME = re.compile(rb'"stream":"([^"]+)","seq":(\d+)')


class Member:
    """One member of ours: counts notes and texts, acknowledges as a client must."""

    def __init__(self, socket: LoadSocket, counter: Counter) -> None:
        self.socket = socket
        self._counter = counter
        self._seen: dict[str, int] = {}
        self._unconfirmed = random.randrange(ACK_BYTES)
        self.snapshots = 0
        socket.on_frame = self._frame

    def _frame(self, payload: bytes) -> None:
        if payload.startswith(b'{"type":"snapshot"'):
            self.snapshots += 1
        if not payload.startswith(b'{"type":"event"'):
            return
        if b'"note.made"' in payload or b'"text.rendered"' in payload:
            self._counter.value += 1
        if found := FRAME.search(payload):
            self._seen[found[1].decode()] = int(found[2])
        self._unconfirmed += len(payload)
        if self._unconfirmed >= ACK_BYTES:
            self.socket.send(json.dumps({"type": "ack", "seqs": self._seen}))
            self._unconfirmed = 0

    def say(self, stream: str, lang: str, number: int) -> None:
        """Note something in the room."""
        self.socket.send(
            json.dumps({"type": "note.make", "stream": stream, "ref": f"b{number}", "text": text_now(), "lang": lang})
        )


@asynccontextmanager
async def joined(
    server: int, port: int, rooms: dict[str, list[list[list[str]]]], counter: Counter
) -> AsyncIterator[list[tuple[str, list[tuple[Member, str]]]]]:
    """All members connected, subscribed to their room and to its texts in their language."""
    here = []
    for stream, ((*people,),) in rooms.items():
        members = []
        for key, secret, lang in people:
            headers = {"Cookie": f"device={secret}", "Origin": f"http://127.0.0.1:{port}",
                       "Sec-WebSocket-Protocol": "hemicycle.1"}  # fmt: skip
            member = Member(await open_socket(port, f"/m/{key}/live", headers), counter)
            for name in (stream, f"{stream}.text.{lang}"):
                member.socket.send(json.dumps({"type": "subscribe", "stream": name}))
            members.append((member, lang))
        here.append((stream, members))
    await until_all_follow(server, [member for _, members in here for member, _ in members])
    yield here
    _hang_up([member.socket for _, members in here for member, _ in members])


async def until_all_follow(server: int, members: list[Member]) -> None:
    """Until everybody has the snapshots of room and texts, and arriving has come to rest in the server."""
    async with asyncio.timeout(60):
        while any(member.snapshots < 2 for member in members):
            await asyncio.sleep(0.1)
        spent = 1.0
        while spent > AT_REST:
            before = cpu_seconds(server)
            await asyncio.sleep(1)
            spent = cpu_seconds(server) - before


async def ours(plan: Plan, redis_url: str) -> Cost:
    """The product: note → log → frames, and its translations into the two other languages."""
    with house(plan, redis_url) as (environment, rooms, port):
        command = [*DAPHNE, "-p", str(port), "tests.bench.product_app:application"]
        with process(command, environment, port) as server:
            counter, numbers = Counter(), iter(range(1_000_000))
            async with joined(server.pid, port, rooms, counter) as here:
                readers = [lang for _, lang in here[0][1]]
                foreign = sum(lang != readers[0] for lang in readers)

                def say(room: int) -> None:
                    stream, members = here[room]
                    member, lang = members[0]
                    member.say(stream, lang, next(numbers))

                sockets = [member.socket for _, members in here for member, _ in members]
                return await measure(
                    server.pid, sockets, say, senders=plan.rooms, rate=RATES["ours"], seconds=plan.seconds,
                    expected=lambda said: said * (MEMBERS + foreign), delivered=lambda: counter.value,
                )  # fmt: skip


async def run(plan: Plan) -> list[report.Row]:
    """All passes, references and ours in turn."""
    costs: dict[str, list[Cost]] = {"core": [], "pubsub": [], "broadcast": [], "ours": []}
    with redis() as redis_url:
        for _ in range(plan.passes):
            costs["core"].append(await stock("core", plan, redis_url))
            costs["ours"].append(await ours(plan, redis_url))
            costs["pubsub"].append(await stock("pubsub", plan, redis_url))
            costs["broadcast"].append(await broadcasting(plan))
            for name, taken in costs.items():
                print(f"{name}: {taken[-1]}", file=sys.stderr)
    return rows(costs)


def rows(costs: dict[str, list[Cost]]) -> list[report.Row]:
    """Ratios pair by pair; a reference or ours that lost something makes a row invalid."""
    goals = {"core": ("fanout_vs_stock_core", 6, 12), "pubsub": ("fanout_vs_pubsub", 3.5, 7),
             "broadcast": ("fanout_vs_broadcast", 0.25, 0.45)}  # fmt: skip
    made = []
    for name, (row, gate, target) in goals.items():
        pairs = list(zip(costs[name], costs["ours"], strict=True))
        ratios = [reference.cpu_us / mine.cpu_us for reference, mine in pairs]
        complete = all(reference.complete and mine.complete for reference, mine in pairs)
        honest = sorted(cost.cpu_us for cost in costs[name])[len(pairs) // 2] <= HONEST_US[name]
        remark = "; ".join(f"{reference.cpu_us:.0f}:{mine.cpu_us:.0f} us" for reference, mine in pairs)
        made.append(report.ratio_row(row, ratios, gate=gate, target=target, valid=complete and honest, remark=remark))
    return made


def main() -> int:
    """Run and report."""
    chosen = report.arguments(__doc__)
    plan = Plan(rooms=40, passes=2, seconds=2.0) if chosen.quick else Plan(rooms=100, passes=5, seconds=5.0)
    made = asyncio.run(run(plan))
    packages = ["django", "channels", "daphne", "redis", "channels_redis", "websockets", "twisted", "autobahn"]
    return report.finish("live", made, packages=packages, as_json=chosen.json)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
