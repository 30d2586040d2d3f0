"""Reading translated texts, by the key of the rendering or by the original."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from kernel.languages import is_foreign
from live.core.kinds import WordsShown
from live.queries import withheld
from translation.core.glossary import Term
from translation.models import BY_PEOPLE, AgreedTerm, FormerText, Passage, Rendering, Status


def words(keys: Iterable[str]) -> dict[str, WordsShown]:
    """Rendering key to its text, for feeds, replaced ones included; one query, or two where any was replaced."""
    wanted = set(keys)
    found = {key: text for key, _, text in _shown(Rendering.objects.filter(key__in=wanted))}
    if replaced := wanted - found.keys():
        rows = FormerText.objects.filter(key__in=replaced)
        found |= {key: text for key, _, text in _shown(rows, "rendering__")}
    return found


def shown(root: str, keys: Iterable[str], lang: str) -> dict[str, WordsShown]:
    """Words key of an original to its text in `lang`, where there is one, for pages; one query."""
    rows = _shown(Rendering.objects.filter(passage__root=root, passage__words__in=list(keys), target=lang))
    return {original: text for _, original, text in rows}


def shown_anywhere(keys: Iterable[str], lang: str) -> dict[str, WordsShown]:
    """The same of words of several streams; one query."""
    return {original: text for _, original, text in _shown(_renderings(keys, lang))}


def unwanted(keys: Iterable[str], lang: str) -> list[str]:
    """Which of these words nobody has asked for in `lang`, though they stand in another language; one query."""
    wanted = list(keys)
    asked = _renderings(wanted, lang).values("passage")
    rows = Passage.objects.filter(words__in=wanted).exclude(pk__in=asked).values_list("words", "lang")
    return [words for words, spoken in rows if is_foreign(spoken, lang)]


def _renderings(keys: Iterable[str], lang: str) -> QuerySet[Rendering]:
    return Rendering.objects.filter(passage__words__in=list(keys), target=lang)


def in_all_languages(root: str, words: str) -> dict[str, WordsShown]:
    """Language to the text that stands for these words there; one query."""
    rows = _shown(Rendering.objects.filter(passage__root=root, passage__words=words))
    return {text.lang: text for _, _, text in rows}


def statuses(root: str, keys: Iterable[str]) -> dict[str, dict[str, Status]]:
    """Words key to language to status, of every language it was wanted in; one query."""
    rows = Rendering.objects.filter(passage__root=root, passage__words__in=list(keys))
    found: dict[str, dict[str, Status]] = defaultdict(dict)
    for key, lang, status in rows.values_list("passage__words", "target", "status"):
        found[key][lang] = Status(status)
    return dict(found)


def reopened(root: str, keys: Iterable[str], lang: str) -> set[str]:
    """Which of these words people reviewed in `lang` before they changed another version of them; one query."""
    rows = Rendering.objects.filter(passage__root=root, passage__words__in=list(keys), target=lang, again=True)
    return set(rows.values_list("passage__words", flat=True))


def troubles(keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Root stream to how many renderings of these words failed, and how many are doubtful; one query."""
    wanted = list(keys)
    if not wanted:
        return {}
    machine = Q(status=Status.MACHINE) & ~Q(translation__doubts=[])
    rows = Rendering.objects.filter(Q(status=Status.FAILED) | machine, passage__words__in=wanted)
    found: dict[str, tuple[int, int]] = {}
    for root, status in rows.values_list("passage__root", "status"):
        failed, doubtful = found.get(root, (0, 0))
        found[root] = (failed + 1, doubtful) if status == Status.FAILED else (failed, doubtful + 1)
    return found


class Volume(NamedTuple):
    """Texts of one language in another: how many were asked for, came, are doubtful, and were put right by people."""

    source: str
    target: str
    wanted: int
    done: int
    doubtful: int
    corrected: int


def volumes(root: str) -> list[Volume]:
    """What was translated of one stream, by pair of languages; one query."""
    return _volumes(passage__root=root)


def volumes_within(scope: str) -> list[Volume]:
    """The same of a whole assembly; one query."""
    return _volumes(passage__scope=scope)


def _volumes(**condition: str) -> list[Volume]:
    done, by_people = Q(translation__isnull=False), Q(status__in=BY_PEOPLE)
    rows = Rendering.objects.filter(**condition).values_list("passage__lang", "target")
    counted = rows.annotate(
        all=Count("pk"),
        done=Count("pk", filter=done),
        odd=Count("pk", filter=done & ~Q(translation__doubts=[])),
        right=Count("pk", filter=by_people),
    )
    return [Volume(*row) for row in counted.order_by("passage__lang", "target")]


def pending(root: str | None = None) -> int:
    """How many texts are wanted and not there yet, of one stream or of all; one query."""
    rows = Rendering.objects.filter(status=Status.WANTED)
    return (rows.filter(passage__root=root) if root else rows).count()


def glossaries(scopes: Iterable[str]) -> Mapping[str, tuple[Term, ...]]:
    """The agreed terms of each scope, in their order; one query."""
    forms: dict[tuple[str, int], dict[str, tuple[str, ...]]] = defaultdict(dict)
    meanings: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for row in AgreedTerm.objects.filter(scope__in=set(scopes)):
        forms[row.scope, row.number] |= {row.lang: tuple(row.forms)} if row.forms else {}
        meanings[row.scope, row.number] |= {row.lang: row.meaning} if row.meaning else {}
    found: dict[str, list[Term]] = defaultdict(list)
    for scope, number in forms:
        found[scope].append(Term(forms[scope, number], meanings[scope, number]))
    return {scope: tuple(terms) for scope, terms in found.items()}


def _shown(rows: QuerySet[Any], above: str = "") -> Iterator[tuple[str, str, WordsShown]]:
    """(key, words key of the original, text) of what is translated and not withheld; one query.

    `above` leads from the rows to their rendering.
    """
    told = rows.filter(translation__isnull=False).exclude(**{f"{above}passage__words__in": withheld()})
    for key, original, text, lang, label, status in told.values_list(
        "key", f"{above}passage__words", "translation__text", f"{above}target", "label", "status"
    ):
        yield key, original, WordsShown(text, lang, of=original, label=label_data(label, status))


def label_data(label: Mapping[str, object] | None, status: str) -> Mapping[str, str]:
    """A label as a screen gets it beside the words: flat, all text, empty entries left out."""
    found = dict(label or {})
    route, doubts = found.get("route") or (), found.get("doubts") or ()
    data = {
        "status": status,
        "engine": str(found.get("engine", "")),
        "version": str(found.get("version", "")),
        "route": " ".join(map(str, route)) if isinstance(route, list | tuple) else "",
        "rough": "yes" if found.get("rough") else "",
        "doubts": " ".join(map(str, doubts)) if isinstance(doubts, list | tuple) else "",
    }
    return {name: value for name, value in data.items() if value}
