"""A glossary as a table: a column for each language with the term, one more with what it means, a term a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assemblies.core import tables
from assemblies.core.members import MAX_BYTES, BadLine
from kernel.errors import Refused
from kernel.languages import LANGUAGES
from kernel.text import clean_text
from translation.core.glossary import Term

MAX_TERMS = 500
MAX_FORM, MAX_FORMS, MAX_MEANING = 80, 6, 400
_MEANING = "explanation"
_BETWEEN_FORMS = "|"


@dataclass(frozen=True, slots=True)
class GlossaryReading:
    """What a file holds. Nothing of it is taken while there is an error."""

    terms: tuple[Term, ...] = ()
    errors: tuple[BadLine, ...] = ()


def read_glossary(data: bytes) -> GlossaryReading:
    """Read columns named by a language's code, or by a code and "explanation"; further forms of a term follow a bar."""
    try:
        if len(data) > MAX_BYTES:
            raise Refused("table.too_large", limit=MAX_BYTES // 1_000_000)
        lines = list(tables.rows(tables.decode(data), (*LANGUAGES, *(f"{code} {_MEANING}" for code in LANGUAGES))))
        columns = _columns(lines)
    except Refused as refused:
        params = dict(refused.params)
        return GlossaryReading(errors=(BadLine(int(params.pop("line", 0)), refused.code, params),))
    return _read_lines(lines[1:], columns)


def _columns(lines: Sequence[tables.Line]) -> Sequence[str]:
    """The columns as we write them: `es`, or `es explanation`."""
    if len(lines) < 2:
        raise Refused("glossary.empty")
    if len(lines) - 1 > MAX_TERMS:
        raise Refused("glossary.too_long", limit=MAX_TERMS)
    codes = {code.casefold(): code for code in LANGUAGES}
    columns: list[str] = []
    for cell in lines[0].cells:
        name, _, rest = " ".join(cell.casefold().split()).partition(" ")
        column = f"{codes.get(name, '')} {rest}".strip()
        if name not in codes or rest not in ("", _MEANING) or column in columns:
            raise Refused("glossary.unknown_column", column=cell.strip()[:40])
        columns.append(column)
    return columns


def _read_lines(lines: Sequence[tables.Line], columns: Sequence[str]) -> GlossaryReading:
    terms, errors = [], []
    seen: set[tuple[str, str]] = set()
    for line in lines:
        try:
            term = _term(tables.cells_of(line, columns))
            _is_new(term, seen)
        except Refused as refused:
            errors.append(BadLine(line.number, refused.code, refused.params))
        else:
            terms.append(term)
    return GlossaryReading(errors=tuple(errors)) if errors else GlossaryReading(tuple(terms))


def _term(cells: Mapping[str, str]) -> Term:
    filled = {column: cell for column, cell in cells.items() if cell.strip()}
    forms = {column: _forms(cell) for column, cell in filled.items() if _MEANING not in column}
    meanings = {
        column.partition(" ")[0]: clean_text(" ".join(cell.split()), limit=MAX_MEANING)
        for column, cell in filled.items()
        if _MEANING in column
    }
    term = Term(forms, meanings)
    if not forms or (len(forms) == 1 and not meanings and not term.is_kept):
        raise Refused("glossary.says_nothing")
    return term


def _forms(cell: str) -> tuple[str, ...]:
    forms = tuple(
        clean_text(" ".join(form.split()), limit=MAX_FORM) for form in cell.split(_BETWEEN_FORMS) if form.strip()
    )
    if not forms or len(forms) > MAX_FORMS or not all(any(sign.isalpha() for sign in form) for form in forms):
        raise Refused("glossary.no_term", term=cell.strip()[:MAX_FORM])
    return forms


def _is_new(term: Term, seen: set[tuple[str, str]]) -> None:
    """One form belongs to one term, or nobody knows which rendering was agreed."""
    here = {(lang, form.casefold()): form for lang, forms in term.forms.items() for form in forms}
    double = next((form for key, form in here.items() if key in seen), None)
    if double:
        raise Refused("glossary.double_term", term=double)
    seen.update(here)


def write_glossary(terms: Sequence[Term]) -> str:
    """The terms as a table that `read_glossary` reads back."""
    spoken = dict.fromkeys(lang for term in terms for lang in term.forms)
    explained = dict.fromkeys(lang for term in terms for lang in term.meanings)
    lines = [
        (
            *(_BETWEEN_FORMS.join(term.forms.get(lang, ())) for lang in spoken),
            *(term.meanings.get(lang, "") for lang in explained),
        )
        for term in terms
    ]
    return tables.write((*spoken, *(f"{lang} {_MEANING}" for lang in explained)), lines)
