"""Reading a list of members: bytes of a CSV file become rows, and one plain error for every bad line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assemblies.core import tables
from assemblies.core.names import skeleton_of
from assemblies.core.roles import Role
from kernel.errors import Parameter, Refused
from kernel.languages import LANGUAGES
from kernel.text import clean_name, clean_text

COLUMNS = ("name", "role", "chamber", "speaks", "reads")
REQUIRED = ("name", "speaks")
MAX_LINES = 5_000
MAX_BYTES = 1_000_000
MAX_SPOKEN = 8
MAX_TRAITS = 12
MAX_TRAIT = 40
"""Characters of a trait's column or value."""
MAX_VALUES = 40
"""Different values of a trait: what has more is no kind of person, but who somebody is."""
_CODES = {code.casefold(): code for code in LANGUAGES} | {
    language.endonym.casefold(): language.code for language in LANGUAGES.values()
}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as one line of the file describes them."""

    line: int
    name: str
    role: Role
    chamber: str
    speaks: tuple[str, ...]
    reads: str
    traits: Mapping[str, str] = field(default_factory=dict)
    """Column to value, of the columns that are not ours."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """Why one line (or, with line 0, the whole file) cannot be taken: a refusal's code and parameters."""

    line: int
    code: str
    params: Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. Nothing of it is taken while there is an error."""

    rows: tuple[MemberRow, ...] = ()
    errors: tuple[BadLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the assembly already knows: its chambers, and how the names of its members look."""

    chambers: tuple[str, ...] = ()
    taken: frozenset[str] = field(default_factory=frozenset)


def read_members(data: bytes, context: Context) -> Reading:
    """Read columns name, role, chamber, speaks, reads in any order; role, chamber and reads may be absent. Every
    other column is a trait."""
    try:
        if len(data) > MAX_BYTES:
            raise Refused("table.too_large", limit=MAX_BYTES // 1_000_000)
        lines = list(tables.rows(tables.decode(data), COLUMNS))
        header = _header(lines)
        if len({*header} - {*COLUMNS}) > MAX_TRAITS:
            raise Refused("members.too_many_traits", limit=MAX_TRAITS)
        if len(lines) - 1 > MAX_LINES:
            raise Refused("table.too_long", limit=MAX_LINES)
    except Refused as refused:
        return Reading(errors=(_whole_file(refused),))
    return _read_lines(lines[1:], header, context=context)


def _whole_file(refused: Refused) -> BadLine:
    params = dict(refused.params)
    return BadLine(int(params.pop("line", 0)), refused.code, params)


def _header(lines: list[tables.Line]) -> tuple[str, ...]:
    if not lines:
        raise Refused("table.empty")
    header = tuple(cell.strip().lower() for cell in lines[0].cells)
    for column in REQUIRED:
        if column not in header:
            raise Refused("members.missing_column", column=column)
    for position, column in enumerate(header):
        if not column or len(column) > MAX_TRAIT:
            raise Refused("members.unknown_column", column=column[:MAX_TRAIT])
        if column in header[:position]:
            raise Refused("members.double_column", column=column)
    if len(lines) == 1:
        raise Refused("table.empty")
    return header


def _read_lines(lines: list[tables.Line], header: tuple[str, ...], *, context: Context) -> Reading:
    rows, errors, seen = [], [], dict.fromkeys(context.taken, 0)
    for line in lines:
        try:
            row = _row(line, header, chambers=context.chambers)
            _is_new(row, seen)
        except Refused as refused:
            errors.append(BadLine(line.number, refused.code, refused.params))
        else:
            rows.append(row)
    if too_telling := (*_no_traits(rows),):
        return Reading(errors=(*too_telling, *errors))
    return Reading(tuple(rows), tuple(errors))


def _no_traits(rows: Sequence[MemberRow]) -> Iterator[BadLine]:
    """Columns that say who somebody is rather than what kind of person: they are not kept."""
    values: dict[str, set[str]] = {}
    for row in rows:
        for column, value in row.traits.items():
            values.setdefault(column, set()).add(value)
    for column, found in values.items():
        if len(found) > MAX_VALUES or any("@" in value for value in found):
            yield BadLine(0, "members.no_trait", {"column": column, "limit": MAX_VALUES})


def _is_new(row: MemberRow, seen: dict[str, int]) -> None:
    first = seen.setdefault(skeleton_of(row.name), row.line)
    if first == 0:
        raise Refused("member.name_taken", name=row.name)
    if first != row.line:
        raise Refused("members.same_name", name=row.name, line=first)


def _row(line: tables.Line, header: tuple[str, ...], *, chambers: tuple[str, ...]) -> MemberRow:
    cells = tables.cells_of(line, header)
    speaks = _spoken(cells.get("speaks", ""))
    return MemberRow(
        line=line.number,
        name=clean_name(cells.get("name", "")),
        role=_role(cells.get("role", "")),
        chamber=_chamber(cells.get("chamber", ""), chambers),
        speaks=speaks,
        reads=_language(cells.get("reads", "").strip() or speaks[0]),
        traits={column: _trait(cell) for column, cell in cells.items() if column not in COLUMNS and cell.strip()},
    )


def _trait(cell: str) -> str:
    return clean_text(" ".join(cell.split()), limit=MAX_TRAIT)


def _role(cell: str) -> Role:
    wanted = cell.strip().casefold() or Role.CITIZEN.value
    if wanted not in set(Role):
        raise Refused("members.unknown_role", role=wanted[:40], roles=", ".join(Role))
    return Role(wanted)


def _chamber(cell: str, chambers: Collection[str]) -> str:
    wanted = " ".join(cell.split())
    known = {chamber.casefold(): chamber for chamber in chambers}
    if wanted and wanted.casefold() not in known:
        raise Refused("members.unknown_chamber", chamber=wanted[:40], chambers=", ".join(chambers) or "–")
    return known.get(wanted.casefold(), "")


def _spoken(cell: str) -> tuple[str, ...]:
    spoken = tuple(dict.fromkeys(_language(part) for part in re.split(r"[\s,;/|+]+", cell.strip()) if part))
    if not spoken:
        raise Refused("members.speaks_nothing")
    if len(spoken) > MAX_SPOKEN:
        raise Refused("members.speaks_too_many", limit=MAX_SPOKEN)
    return spoken


def _language(cell: str) -> str:
    if cell.casefold() not in _CODES:
        raise Refused("language.unknown", language=cell[:20])
    return _CODES[cell.casefold()]


def write_rows(rows: Collection[MemberRow]) -> str:
    """The rows as a table that `read_members` reads back."""
    columns = list(dict.fromkeys(column for row in rows for column in row.traits))
    lines = [
        (
            row.name,
            row.role.value,
            row.chamber,
            " ".join(row.speaks),
            row.reads,
            *(row.traits.get(each, "") for each in columns),
        )
        for row in rows
    ]
    return tables.write((*COLUMNS, *columns), lines)
