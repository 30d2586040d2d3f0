"""`python -m tests.bench.translation`: the way of a text through relay, scheduler and engine process.

Throughput against `argostranslate` and LibreTranslate over the same packages, full-size with random weights: sixteen
contributions in four languages, each into the three others and English, in turn with the references. Live: people
speak at random, and what is timed is from the end of a contribution to each reader's text. Marks of doubt and the
glossary, where parallel texts are at hand: `tests.bench.doubt`. Tables and sockets are not part of it;
`tests.bench.rehearsal` has them. `LIBRETRANSLATE_PYTHON` names an interpreter with LibreTranslate.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import math
import os
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench import doubt, full_size
from tests.bench import libretranslate as libretranslate_bench
from tests.bench.report import Row, arguments, finish, ratio_row
from tests.bench.translation_references import Contribution, argos, by_argos, by_libretranslate
from translation.apertium import MODES
from translation.core import queue
from translation.core.queue import Urgency
from translation.core.routes import best_route
from translation.host import Configuration, EngineHost
from translation.relay import Job, Outcome, Relay
from translation.scheduler import Scheduler

SOURCES = ("en", "es", "fr", "de")
TARGETS = ("en", "es", "fr", "de", "it")
PAIRS = [pair for lang in TARGETS[1:] for pair in ((lang, "en"), ("en", lang))]
STAR = ("es", "fr", "ca", "it", "pt")
STAR_SAYS = {
    "es": "La escuela está cerrada y nadie sabe quién paga los autobuses de los niños este año.",
    "fr": "Nous ne pouvons pas décider sans savoir combien coûte le nouveau parc pour les habitants.",
    "ca": "El problema no és els diners, és la manca de confiança entre els veïns i l'ajuntament.",
    "it": "La piazza del mercato è troppo piccola e le macchine arrivano fino alla porta della scuola.",
    "pt": "A câmara devia ouvir as pessoas antes de fechar a rua principal durante o inverno.",
}
WORDS = 30
"""Words of a sentence, each one piece: a mean sentence of the news has 22 words and 30 pieces."""
TOGETHER = 16
LIVE_RATE = 1.3
ROOMS, ROOM_RATE = 100, 0.02
"""Contributions a second in one room: some 240 translations in fifty minutes, into four languages."""
SENTENCES, SENTENCE_S = 3, 5.0
"""Sentences of a contribution that is typed ahead, and how long typing one takes."""
TICK_S = 0.005
NICENESS = 5
MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done."""

    rounds: int
    live_s: float


class Office:
    """The product's way of a text, with the engines that are asked for."""

    def __init__(self, packages: Path, *engines: str) -> None:
        self.host = EngineHost(Configuration(packages, engines, deadline_s=60.0))
        self.scheduler = Scheduler(self.host)
        self.relay = Relay(self.scheduler)
        self.engines = engines

    def bring(
        self, said: Contribution, targets: Sequence[str], room: str, come: Callable[[str, Outcome], None],
        urgency: Urgency = Urgency.LIVE,
    ) -> None:  # fmt: skip
        """Hand in one contribution; `come(target, outcome)` for each language but its own."""
        lang, text = said
        hops = self.host.hops()
        found = {each: best_route(lang, each, hops, engines=self.engines) for each in targets if each != lang}
        routes = {target: route for target, route in found.items() if route}
        self.relay.bring(Job(text, lang, (), routes, room, urgency, come))

    def warm(self, langs: Sequence[str]) -> None:
        """Load everything that these languages need."""
        for source in langs:
            self.all_of([(source, full_size.sentence(random.Random(source), 3))], langs)

    def all_of(self, said: Sequence[Contribution], targets: Sequence[str]) -> list[str]:
        """Everything at once, and wait for the last."""
        wanted = [(number, each) for number, (lang, _) in enumerate(said) for each in targets if each != lang]
        texts: dict[tuple[int, str], str] = {}
        complete = threading.Event()

        def take(number: int) -> Callable[[str, Outcome], None]:
            def come(target: str, outcome: Outcome) -> None:
                texts[number, target] = outcome.text or f"FAILED {outcome}"
                if len(texts) == len(wanted):
                    complete.set()

            return come

        for number, each in enumerate(said):
            self.bring(each, targets, f"room.{number}", take(number))
        if not complete.wait(300):
            raise TimeoutError(f"{len(texts)} of {len(wanted)} came")
        return [texts[key] for key in wanted]


@contextmanager
def office(packages: Path, *engines: str) -> Iterator[Office]:
    """An office that is closed in the end."""
    opened = Office(packages, *engines)
    try:
        yield opened
    finally:
        opened.scheduler.close()


# --- throughput


def contributions(chance: random.Random, count: int) -> list[Contribution]:
    """One sentence each, in the four languages by turns."""
    langs = itertools.islice(itertools.cycle(SOURCES), count)
    return [(lang, full_size.sentence(chance, WORDS)) for lang in langs]


def expected(said: Sequence[Contribution]) -> list[str]:
    """What every one of them becomes: one hop with English, two else."""
    once = full_size.translated
    return [
        once(text) if "en" in (lang, target) else once(once(text))
        for lang, text in said
        for target in TARGETS
        if target != lang
    ]


def only_packages(packages: Path) -> Path:
    """A folder with nothing but the packages: the references are disabled by any other folder beside them."""
    plain = packages.with_name("plain")
    plain.mkdir()
    for package in packages.glob("translate-*"):
        (plain / package.name).symlink_to(package)
    return plain


@contextmanager
def hurrying(always: bool) -> Iterator[None]:
    """Engines in a hurry all the time (beam 1), or never (beam 2): what is compared must not depend on the moment."""
    usual, queue.HURRY_S = queue.HURRY_S, -1.0 if always else math.inf
    try:
        yield
    finally:
        queue.HURRY_S = usual


Way = Callable[[Sequence[Contribution]], list[str]]


def timed(way: Way, said: Sequence[Contribution]) -> tuple[float, bool]:
    """Seconds, and whether every translation was right."""
    started = time.monotonic()
    answers = way(said)
    seconds = time.monotonic() - started
    return seconds, [answer.split() for answer in answers] == [right.split() for right in expected(said)]


def throughput(plan: Plan, packages: Path) -> list[Row]:
    """Ratios of translations a second, references and ours in turn, over texts nobody has seen before."""
    plain = only_packages(packages)
    with office(packages, "argos") as ours:
        ours.host.hops()
        os.nice(NICENESS)  # as nice as our engine process: others on this machine disturb all of them alike
        reference = argos(plain)
        with libretranslate(plain) as url:
            contests = [
                Contest("throughput_vs_argos", 2.5, 4.0, lambda said: by_argos(reference, said, TARGETS, beam=4)),
                Contest(
                    "throughput_vs_argos_beam1", 1.8, 2.5, lambda said: by_argos(reference, said, TARGETS, beam=1),
                    hurry=True,
                ),
            ]  # fmt: skip
            if url:
                over_http = partial(by_libretranslate, url, targets=TARGETS)
                contests.append(Contest("throughput_vs_libretranslate", 2.5, 4.0, over_http))
            return in_turn(plan.rounds, contests, lambda said: ours.all_of(said, TARGETS))


@dataclass(frozen=True, slots=True)
class Contest:
    """A row: a reference, and whether engines of ours hurry against it."""

    name: str
    gate: float
    target: float
    reference: Way
    hurry: bool = False


def in_turn(rounds: int, contests: Sequence[Contest], ours: Way) -> list[Row]:
    """Each reference and ours over the same texts, round by round; the first texts load the models."""
    chance = random.Random(4)
    taken: dict[str, list[tuple[float, float, bool]]] = {contest.name: [] for contest in contests}
    for contest in contests:
        contest.reference(contributions(chance, 4))
    ours(contributions(chance, 4))
    for _, contest in itertools.product(range(rounds), contests):
        said = contributions(chance, TOGETHER)
        reference_s, right = timed(contest.reference, said)
        with hurrying(contest.hurry):
            ours_s, also_right = timed(ours, said)
        taken[contest.name].append((reference_s, ours_s, right and also_right))
        tell(f"{contest.name}: {reference_s:.1f} s and {ours_s:.1f} s, right: {right}, {also_right}")
    return [_ratio(contest.name, contest.gate, contest.target, taken[contest.name]) for contest in contests]


def _ratio(name: str, gate: float, target: float, rounds: Sequence[tuple[float, float, bool]]) -> Row:
    ratios = [theirs / mine for theirs, mine, _ in rounds]
    remark = "; ".join(f"{theirs:.1f}:{mine:.1f} s" for theirs, mine, _ in rounds)
    return ratio_row(name, ratios, gate=gate, target=target, valid=all(right for *_, right in rounds), remark=remark)


@contextmanager
def libretranslate(packages: Path) -> Iterator[str]:
    """The address of the real server, or nothing where it is not installed."""
    if not libretranslate_bench.PYTHON:
        yield ""
        return
    with libretranslate_bench.real_server(packages) as url:
        yield url


# --- live


class Clock:
    """Takes the time of everything that is on its way."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.failed = 0
        self._under_way = 0
        self._changed = threading.Condition()

    def start(self, readers: int) -> Callable[[str, Outcome], None]:
        """Something was said now that so many languages wait for."""
        since = time.monotonic()
        with self._changed:
            self._under_way += readers

        def come(target: str, outcome: Outcome) -> None:
            with self._changed:
                self.took.append(time.monotonic() - since)
                self.failed += outcome.text is None
                self._under_way -= 1
                self._changed.notify_all()

        return come

    def finish(self) -> None:
        """Until everything has come."""
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way, timeout=120)

    def quantile(self, part: float) -> float:
        """So many seconds or less in this part of all cases."""
        return sorted(self.took)[min(len(self.took) - 1, int(part * len(self.took)))]

    def row(self, name: str, part: float, gate: float, target: float, remark: str = "") -> Row:
        """The report of one quantile; invalid where a text failed or never came."""
        complete = not self.failed and not self._under_way
        count = f"{len(self.took)} texts{remark}"
        value, worst = round(self.quantile(part), 3), round(max(self.took), 3)
        return Row(name, value, "s", gate, target, "lower", worst, complete, count)


def at_random(chance: random.Random, rate: float, seconds: float) -> Iterator[float]:
    """Moments, `rate` a second, as strangers choose them."""
    at = chance.expovariate(rate)
    while at < seconds:
        yield at
        at += chance.expovariate(rate)


async def wait_until(started: float, at: float) -> None:
    """Until `at` seconds after the start."""
    await asyncio.sleep(max(0.0, started + at - time.monotonic()))


async def speaking(chance: random.Random, way: Office, seconds: float, clock: Clock) -> None:
    """Contributions of one sentence, at random moments, into four languages each."""
    started = time.monotonic()
    for number, at in enumerate(at_random(chance, LIVE_RATE, seconds)):
        await wait_until(started, at)
        said = chance.choice(SOURCES), full_size.sentence(chance, WORDS)
        way.bring(said, TARGETS, f"room.{number % 50}", clock.start(len(TARGETS) - 1))


async def typing(chance: random.Random, way: Office, seconds: float, clock: Clock) -> None:
    """Contributions of three sentences that are translated as they are typed, and timed from when they are sent."""

    async def person(number: int, begins: float, lang: str) -> None:
        await wait_until(started, begins)
        sentences = [f"{full_size.sentence(chance, WORDS)}." for _ in range(SENTENCES)]
        for finished in range(1, SENTENCES):
            await asyncio.sleep(SENTENCE_S)
            typed = lang, " ".join(sentences[:finished])
            way.bring(typed, TARGETS, f"room.{number}", lambda target, outcome: None, Urgency.TYPED)
        await asyncio.sleep(SENTENCE_S)
        way.bring((lang, " ".join(sentences)), TARGETS, f"room.{number}", clock.start(len(TARGETS) - 1))

    started = time.monotonic()
    rate = LIVE_RATE / SENTENCES
    people = [person(number, at, chance.choice(SOURCES)) for number, at in enumerate(at_random(chance, rate, seconds))]
    await asyncio.gather(*people)


async def star(chance: random.Random, way: Office, seconds: float, clock: Clock) -> None:
    """A hundred rooms in five languages, each contribution of two sentences into the four others."""
    started = time.monotonic()
    for number, at in enumerate(at_random(chance, ROOMS * ROOM_RATE, seconds)):
        await wait_until(started, at)
        lang = chance.choice(STAR)
        text = f"{STAR_SAYS[lang]} {number}. {STAR_SAYS[lang].replace(',', f', {number},')}"
        way.bring((lang, text), STAR, f"room.{number % ROOMS}", clock.start(len(STAR) - 1))


async def watched(doing: asyncio.Task[None]) -> list[float]:
    """How late a loop is woken while something is going on, in milliseconds: what sockets would feel."""
    late = []
    while not doing.done():
        due = time.monotonic() + TICK_S
        await asyncio.sleep(TICK_S)
        late.append((time.monotonic() - due) * 1000)
    await doing
    return sorted(late)


def live(plan: Plan, packages: Path) -> list[Row]:
    """People speak at random while the loop of this process, which stands for the web process, is watched."""
    chance, spoken, typed = random.Random(5), Clock(), Clock()
    with office(packages, "argos") as way:
        way.warm(TARGETS)
        before = resident()

        async def run() -> list[float]:
            return await watched(asyncio.create_task(speaking(chance, way, plan.live_s, spoken)))

        late = asyncio.run(run())
        spoken.finish()
        grown = (resident() - before) / MEGABYTE
        asyncio.run(typing(chance, way, plan.live_s, typed))
        typed.finish()
    stall = round(late[int(len(late) * 0.99)], 2)
    return [
        spoken.row("any_reader_p50_s", 0.5, 1.0, 0.7, f", {LIVE_RATE} contributions/s"),
        spoken.row("p95_s", 0.95, 3.0, 1.5),
        typed.row("p95_after_send_s", 0.95, 2.0, 1.0, f", {SENTENCES} sentences each"),
        Row("loop_stall_p99_ms", stall, "ms", 15, 8, "lower", round(late[-1], 2), remark=f"{len(late)} ticks"),
        Row("rss_web_mb", round(grown, 1), "MB", 30, 10, "lower", round(grown, 1), remark="growth while live"),
    ]


def apertium(plan: Plan, folder: Path) -> list[Row]:
    """The star around Catalan, where Apertium is installed."""
    if not (MODES / "cat-fra.mode").is_file():
        return []
    clock = Clock()
    with office(folder, "apertium") as way:
        way.all_of(list(STAR_SAYS.items()), STAR)
        asyncio.run(star(random.Random(6), way, plan.live_s, clock))
        clock.finish()
    return [clock.row("apertium_p95_s", 0.95, 1.0, 0.3, f", {ROOMS} rooms")]


def resident() -> float:
    """Bytes of this process in memory."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return float(found[1]) * 1024 if found else 0.0


def tell(text: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(text + "\n")


def run(plan: Plan) -> list[Row]:
    """Everything, over packages that are built for it. Live first: the reference keeps its models in this process."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        packages = Path(scratch) / "packages"
        packages.mkdir()
        full_size.build(packages, PAIRS)
        tell("packages are built")
        rows = [*live(plan, packages), *apertium(plan, packages)]
        return [*throughput(plan, packages), *rows]


def main() -> int:
    """Run and report."""
    chosen: argparse.Namespace = arguments(__doc__)
    rows = run(Plan(rounds=1, live_s=8.0) if chosen.quick else Plan(rounds=5, live_s=60.0))
    rows += doubt.rows(quick=chosen.quick)
    return finish("translation", rows, packages=["ctranslate2", "argostranslate", "sentencepiece"], as_json=chosen.json)


if __name__ == "__main__":
    sys.exit(main())
