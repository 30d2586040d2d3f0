"""From wanted rows to rendered texts: claims, hands to the relay, stores. One thread touches the database.

Runs in the web process on the embedded default (`start`), or in a worker (`run_forever`). What it held when it
died is claimed again by whoever comes next.
"""

from __future__ import annotations

import atexit
import itertools
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Max

from kernel import clock
from live.services import in_turn
from translation import bell, delays, leases, queries, services
from translation.ahead import Ahead
from translation.apertium_programs import SLOW
from translation.core.feed import Label
from translation.core.glossary import Term, mark_of
from translation.core.hops import Hop
from translation.core.queue import Urgency
from translation.core.routes import Route
from translation.delays import Delays
from translation.engine import NOT_THERE, EngineDown
from translation.host import CRASHED, HUNG, Configuration, EngineHost, is_innocent
from translation.lag import Lags
from translation.leases import MAX_TRIES, Leased
from translation.models import FeedLanguage
from translation.package_folder import stamp
from translation.reach import configuration, route_between
from translation.relay import Job, Outcome, Relay
from translation.scheduler import Scheduler
from translation.second_looks import SecondLooks
from translation.services import Finished

log = structlog.get_logger(__name__)

POLL_S = 2.0
"""How often a dispatcher looks for work that nobody woke it for, and renews its leases."""
IN_FLIGHT = 400
IN_FLIGHT_OF_MANY = 48
"""The same for a worker among others: what it holds they cannot take, however idle they are."""
STORED_TOGETHER = 100
PATIENCE_S = 120.0
"""How long a text may be on its way while nothing at all comes from any engine."""
FEEDS_LOOKED_AT = 50
"""Feeds, the newest ones, whose routes a dispatcher warms when it starts."""
PAUSE_MS = 1_000
SLOW_TRIES = 5
"""Attempts at a text that its engine did not answer in time, each pause four times the last. Where the engine was not
even ready, it is asked again after the longest pause for as long as it takes."""
SUSPECT_TRIES = 2
"""Attempts at a text with which an engine crashed or stood still."""
RECIPE = 3
"""Counts up when splitting, protecting or joining change what comes out."""


Report = Callable[[str, int], None]
"""Told (stream, milliseconds) when the texts of a stream are later or less late than they were."""


def _unheard(root: str, lag_ms: int) -> None:
    """Nobody wants to know how late texts are."""


class _Came(NamedTuple):
    """What came of a rendering, and the route it came by: by the time it is stored there may be another, or none."""

    leased: Leased
    route: Route
    outcome: Outcome


class Dispatcher:
    """One engine process, two lanes, and the rows they are working on."""

    def __init__(self, configuration: Configuration, report: Report = _unheard, *, in_flight: int = IN_FLIGHT) -> None:
        self._report = report
        self._in_flight = in_flight
        self._lags = Lags()
        self._delays = Delays()
        self._host = EngineHost(configuration)
        self._scheduler = Scheduler(self._host)
        self._relay = Relay(self._scheduler)
        self._desk = bell.Desk()
        self._ahead = Ahead(self._relay, self._route, self._desk.rung.set)
        self._second_looks = SecondLooks(self._relay, self._route, self._desk.rung.set)
        self._arrived: queue.SimpleQueue[_Came] = queue.SimpleQueue()
        self._held: dict[str, float] = {}
        self._last_came = clock.monotonic()
        self._routes: dict[tuple[str, str], Route | None] = {}
        self._offer: tuple[int, tuple[Hop, ...]] | None = None
        self._feeds_seen: int | None = None
        self._next_poll = 0.0

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop."""
        bell.listen(self._desk)
        try:
            while not stop.is_set():
                self._desk.rung.clear()
                self._safe_turn()
                self._desk.rung.wait(POLL_S)
        finally:
            bell.forget(self._desk)
            self.close()
            connection.close()

    def turn(self) -> None:
        """Store what has come, look after the rest, take new work. Never waits for an engine."""
        self._store()
        if clock.monotonic() >= self._next_poll:
            self._next_poll = clock.monotonic() + POLL_S
            self._poll()
        self._take()
        self._ahead.take(self._desk.typed())
        self._ahead.tell()
        self._answer()
        self._second_looks.store()
        self._tell_lags()

    def ring(self) -> None:
        """Wake this dispatcher."""
        self._desk.rung.set()

    @property
    def is_idle(self) -> bool:
        """Nothing is being worked on and nothing waits to be stored."""
        return not self._held and self._arrived.empty()

    def close(self) -> None:
        """End the engine process and let others claim what was held."""
        self._scheduler.close()
        try:
            leases.give_back([*self._held, *(leased.key for leased in self._desk.handed())])
        except DatabaseError:
            log.warning("leases run out by themselves", held=len(self._held))
        self._held.clear()

    def _safe_turn(self) -> None:
        try:
            close_old_connections()
            self.turn()
        except EngineDown:
            log.warning("no engine process; trying again")
        except DatabaseError as error:
            log.warning("database refused", reason=type(error).__name__)
            connection.close()
        except Exception:
            log.exception("dispatcher turn failed")

    # --- storing

    def _store(self) -> None:
        """Store results in batches; what has to wait for an engine is given back."""
        while batch := _taken(self._arrived, STORED_TOGETHER):
            self._last_came = clock.monotonic()
            for came in batch:  # first: if storing fails, the lease runs out and the row is claimed again
                self._held.pop(came.leased.key, None)
            later = [came.leased.key for came in batch if self._has_to_wait(came.outcome)]
            slow = {came.leased.key: came.leased.tries for came in batch if _may_retry(came.leased, came.outcome)}
            done = [came for came in batch if came.leased.key not in {*later, *slow}]
            self._render(list(map(_finished, done)))
            for came in done:
                self._lags.ended(came.leased.key, clock.monotonic())
                self._second_looks.take(came.leased, came.outcome, held=len(self._held))
            leases.give_back(later, pause_ms=PAUSE_MS)
            for tries in set(slow.values()):
                again = [held for held, tried in slow.items() if tried == tries]
                pause_ms = PAUSE_MS * 4 ** min(tries - 1, SLOW_TRIES - 2)
                leases.give_back(again, pause_ms=pause_ms, counts=tries < SLOW_TRIES)

    def _render(self, finished: Sequence[Finished]) -> None:
        in_turn(services.render, finished)
        self._delays.note(finished)

    def _has_to_wait(self, outcome: Outcome) -> bool:
        """No engine, or one found broken just now: there may be another route."""
        if outcome.failed.endswith(("self-test", NOT_THERE)):
            self._offer, self._next_poll = None, 0.0
            return True
        return outcome.later

    # --- looking after

    def _poll(self) -> None:
        """Renew leases, however long the line is; but where nothing moves any more, what is held is left to the next
        claim."""
        oldest = clock.monotonic() - PATIENCE_S
        if self._last_came < oldest:
            self._held = {held: since for held, since in self._held.items() if since > oldest}
        if self._held:
            leases.renew(self._held)
        self._look_at_packages()
        self._look_at_feeds()

    def _look_at_packages(self) -> None:
        """Routes change when packages come or go, by whatever process, and with what a server offers."""
        packages = stamp(self._host.configuration.packages)
        if (packages, self._host.remote_hops) == self._offer:
            return
        had_routes = bool(self._routes)
        self._host.look_again()
        self._offer, self._routes = (packages, self._host.remote_hops), {}
        if had_routes:
            leases.want_again()

    def _look_at_feeds(self) -> None:
        """Warm the routes of feeds that were opened, and want what slipped between two transactions."""
        if self._feeds_seen is None:
            self._feeds_seen = (FeedLanguage.objects.aggregate(last=Max("pk"))["last"] or 0) - FEEDS_LOOKED_AT
        opened = list(FeedLanguage.objects.filter(pk__gt=self._feeds_seen).order_by("pk"))
        for feed in opened:
            services.want_backlog(feed.root, feed.lang)
        self._feeds_seen = opened[-1].pk if opened else self._feeds_seen
        if opened:
            self._ahead.forget_readers()
        self._relay.warm(self._hops_between({feed.root for feed in opened}))

    def _hops_between(self, roots: set[str]) -> Sequence[Hop]:
        found: dict[Hop, None] = {}
        for root in sorted(roots):
            langs = FeedLanguage.objects.filter(root=root).values_list("lang", flat=True)
            for source, target in itertools.permutations(sorted(langs), 2):
                route = self._route(source, target)
                found.update(dict.fromkeys(route.hops if route else ()))
        return list(found)

    def _tell_lags(self) -> None:
        for root, lag_ms in self._lags.due(clock.monotonic()):
            in_turn(self._report, root, lag_ms)
        if counts := self._delays.due(clock.monotonic()):
            in_turn(delays.store, counts)

    # --- taking

    def _take(self) -> None:
        """What was handed over and what waits in the table."""
        free = self._in_flight - len(self._held)
        waiting = free > 0 and leases.is_work_waiting()
        if waiting or self._desk.has_work:
            self._host.hops()  # first: where no engine process can be had, nothing is taken
            self._begin([*self._desk.handed(), *(in_turn(leases.claim, free) if waiting else ())])
        self._desk.free = self._in_flight - len(self._held)

    def _answer(self) -> None:
        """Bring what somebody only wants to look at; it goes back to them and is not stored."""
        for asked in self._desk.questions():
            try:
                self._look_up(asked)
            except Exception:
                self._desk.ask_later(asked)
                raise

    def _look_up(self, asked: bell.Asked) -> None:
        question = asked.question
        route = self._route(question.source, question.target)
        if route is None:
            asked.answered(None)
            return

        def arrived(target: str, outcome: Outcome) -> None:
            if outcome.later:
                self._desk.ask_later(asked)
            else:
                asked.answered(outcome.text)

        names = leases.names_of([question.scope]).get(question.scope, ())
        terms = queries.glossaries([question.scope]).get(question.scope, ())
        routes = {question.target: route}
        self._relay.bring(Job(question.text, question.source, names, routes, "", Urgency.ASKED, arrived, terms))

    def _begin(self, claimed: Sequence[Leased]) -> None:
        names = leases.names_of(leased.scope for leased in claimed)
        terms = queries.glossaries(leased.scope for leased in claimed)
        self._delays.began(claimed)
        rest = self._without_known(claimed, terms)
        now = clock.monotonic()
        self._held.update((leased.key, now) for leased in rest)
        for leased in rest:
            if leased.urgency is Urgency.LIVE:
                self._lags.began(leased.key, leased.root, now)
        for passage in _by_passage(rest):
            scope = passage[0].scope
            self._bring(passage, names.get(scope, ()), terms.get(scope, ()))

    def _without_known(self, claimed: Sequence[Leased], terms: Mapping[str, Sequence[Term]]) -> list[Leased]:
        """What an engine has to do; the rest is stored at once: known texts, missing pairs, hopeless cases."""
        known = leases.stored(claimed)
        rest, finished = [], []
        for leased in claimed:
            route = self._route(leased.source, leased.target)
            agreed = mark_of(terms.get(leased.scope, ()), source=leased.source, target=leased.target)
            recipe = _recipe(route, agreed) if route else ""
            row = known.get((leased.scope, leased.digest, leased.source, leased.target, recipe))
            if route is None:
                finished.append(Finished(leased, "missing"))
            elif not leased.text or leased.tries > MAX_TRIES:
                finished.append(Finished(leased, "failed"))
            elif row:
                finished.append(Finished(leased, "machine", recipe, row.text, _label(route, row.doubts)))
            else:
                rest.append(leased)
        self._render(finished)
        return rest

    def _bring(self, passage: Sequence[Leased], names: tuple[str, ...], terms: tuple[Term, ...]) -> None:
        by_target = {leased.target: leased for leased in passage}
        found = {target: self._route(leased.source, target) for target, leased in by_target.items()}
        routes = {target: route for target, route in found.items() if route}

        def arrived(target: str, outcome: Outcome) -> None:
            self._arrived.put(_Came(by_target[target], routes[target], outcome))
            self._desk.rung.set()

        first = passage[0]
        job = Job(first.text, first.source, names, routes, first.root, first.urgency, arrived, terms, first.since)
        self._relay.bring(job)

    def _route(self, source: str, target: str) -> Route | None:
        pair = source, target
        if pair not in self._routes:
            self._routes[pair] = route_between(source, target, self._host.hops(), self._host.configuration)
        return self._routes[pair]


def _finished(came: _Came) -> Finished:
    leased, route, outcome = came
    if outcome.text is None:
        return Finished(leased, "failed")
    label = _label(route, sorted(outcome.doubts))
    return Finished(leased, "machine", _recipe(route, outcome.glossary), outcome.text, label)


def _may_retry(leased: Leased, outcome: Outcome) -> bool:
    """The engine was not ready: that is not the text's fault, so it is asked again; if busy, not for ever; after a
    crash or a standstill once, for somebody may have killed or stopped the engine."""
    if outcome.failed in (CRASHED, HUNG):
        return leased.tries < SUSPECT_TRIES
    return is_innocent(outcome.failed) and (outcome.failed != SLOW or leased.tries < SLOW_TRIES)


def _recipe(route: Route, agreed: str) -> str:
    """What made a text: with another glossary (`agreed`, its mark) it is made anew."""
    glossary = f" g{agreed}" if agreed else ""
    return f"{'-'.join(route.path)} /{RECIPE}{glossary} {route.engine} {route.version}"[:250]


def _label(route: Route, doubts: Sequence[Any]) -> Label:
    return Label(route.engine, route.version, route.path, route.rough, tuple(map(str, doubts)))


def _by_passage(claimed: Sequence[Leased]) -> list[list[Leased]]:
    passages: dict[int, list[Leased]] = {}
    for leased in claimed:
        passages.setdefault(leased.passage, []).append(leased)
    return list(passages.values())


def _taken(arrived: queue.SimpleQueue[_Came], limit: int) -> list[_Came]:
    batch: list[_Came] = []
    while len(batch) < limit:
        try:
            batch.append(arrived.get_nowait())
        except queue.Empty:
            break
    return batch


# --- one per process

_running: dict[str, Any] = {}


def run_forever(stop: threading.Event, report: Report = _unheard, *, in_flight: int = IN_FLIGHT) -> None:
    """Dispatch in this thread until `stop` is set."""
    Dispatcher(configuration(), report, in_flight=in_flight).run(stop)


def start(report: Report = _unheard) -> None:
    """Dispatch in a thread of this process. Safe to repeat."""
    if _running:
        return
    stopping = threading.Event()
    thread = threading.Thread(target=run_forever, args=(stopping, report), name="translation", daemon=True)
    _running.update(stop=stopping, thread=thread)
    atexit.register(stop)
    thread.start()


def stop() -> None:
    """End the thread and its engine process. Safe to repeat."""
    if _running:
        _running["stop"].set()
        bell.ring()
        _running["thread"].join(timeout=5)
        _running.clear()


def is_running() -> bool:
    """Whether this process dispatches."""
    return bool(_running)
