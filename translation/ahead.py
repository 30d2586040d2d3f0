"""What somebody types is translated sentence by sentence before it is sent, and a text that several write paragraph by
paragraph: shown as unfinished, stored nowhere.

What was translated is remembered, so that on sending only the last sentence is outstanding.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable

from django.core.cache import cache

from kernel import ids, wire
from kernel.languages import LANGUAGES, is_foreign
from live import hub
from live.names import text_feed
from translation import leases, queries
from translation.bell import Typed
from translation.core.glossary import Term
from translation.core.queue import Urgency
from translation.core.routes import Route
from translation.models import FeedLanguage, Passage
from translation.relay import Job, Outcome, Relay

ONCE_S = 60
"""How long no other worker translates the same words ahead."""
AGAIN_S = 1
"""The same for a paragraph: who opens a text asks for all of it, and what was translated is remembered."""


class Ahead:
    """The unfinished words of everybody, as one dispatcher translates them. `take` and `tell` are for its thread."""

    def __init__(self, relay: Relay, route: Callable[[str, str], Route | None], ring: Callable[[], None]) -> None:
        self._relay = relay
        self._route = route
        self._ring = ring
        self._come: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
        self._langs: dict[str, tuple[str, ...]] = {}
        self._scopes: dict[str, str] = {}

    def forget_readers(self) -> None:
        """Somebody has begun to read in another language."""
        self._langs.clear()

    def take(self, typed: Iterable[Typed]) -> None:
        """Let these be translated into every language that is read there."""
        for each in typed:
            key = f"typed.{ids.digest(each.root, each.member, each.lang, each.text)}"
            if cache.add(key, 1, ONCE_S if each.name == "typing" else AGAIN_S):
                self._bring(each)

    def tell(self) -> None:
        """Show readers what has come."""
        while not self._come.empty():
            hub.signal(*self._come.get())

    def _bring(self, typed: Typed) -> None:
        if typed.lang not in LANGUAGES:
            return
        foreign = (lang for lang in self._readers(typed.root) if is_foreign(typed.lang, lang))
        found = {lang: self._route(typed.lang, lang) for lang in foreign}
        routes = {lang: route for lang, route in found.items() if route}
        if typed.name == "passage":
            self._tell_missing(typed, [lang for lang in found if lang not in routes])

        def arrived(target: str, outcome: Outcome) -> None:
            if outcome.text is not None:
                self._come.put((text_feed(typed.root, target), _frame(typed, target, outcome.text)))
                self._ring()

        names, terms = self._agreed(typed.root)
        self._relay.bring(Job(typed.text, typed.lang, names, routes, typed.root, Urgency.TYPED, arrived, terms))

    def _tell_missing(self, typed: Typed, langs: Iterable[str]) -> None:
        """Where there is no way, a paragraph has no text, and its readers hear it."""
        for lang in langs:
            self._come.put((text_feed(typed.root, lang), _frame(typed, lang, "")))
            self._ring()

    def _readers(self, root: str) -> tuple[str, ...]:
        if root not in self._langs:
            self._langs[root] = tuple(FeedLanguage.objects.filter(root=root).values_list("lang", flat=True))
        return self._langs[root]

    def _agreed(self, root: str) -> tuple[tuple[str, ...], tuple[Term, ...]]:
        """The names and terms that are kept there, as soon as something was said: only then is it known whose."""
        if root not in self._scopes:
            scope = Passage.objects.filter(root=root).values_list("scope", flat=True).first()
            if scope is None:
                return (), ()
            self._scopes[root] = scope
        scope = self._scopes[root]
        return leases.names_of([scope]).get(scope, ()), queries.glossaries([scope]).get(scope, ())


def _frame(typed: Typed, target: str, text: str) -> str:
    """Like the signal of the original; `of` says of which words, for those may have changed meanwhile."""
    data = {"text": text, "lang": target, "of": typed.text}
    feed = text_feed(typed.root, target)
    return wire.dumps({"type": "signal", "stream": feed, "by": typed.member, "name": typed.name, "data": data})
