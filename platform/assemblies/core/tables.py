"""Reading tables as people's programs save them, and writing tables no spreadsheet runs as formulas."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kernel.errors import Refused

DELIMITERS = (",", ";", "\t")
FORMULA_STARTS = frozenset("=+-@|\t\r\n")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table and the line of the file it begins on."""

    number: int
    cells: tuple[str, ...]


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252, else Latin-1."""
    named = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    for encoding in (*named, "utf-8", "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Refused("table.not_text")
        return text
    raise Refused("table.not_text")


def rows(text: str, known: Collection[str]) -> Iterator[Line]:
    """The rows of a table; the delimiter is the one that yields most of the `known` column names.

    Blank rows are left out. Raises `Refused("table.broken", line)` where quoting is broken.
    """
    skipped, body = _without_hint(text)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=_delimiter(body, known), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Line(begins + skipped, tuple(cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Refused("table.broken", line=begins + skipped) from error


def _without_hint(text: str) -> tuple[int, str]:
    """Excel's first line `sep=;` is no data."""
    first, end, rest = text.partition("\n")
    return (1, rest) if end and first.strip().lower().startswith("sep=") else (0, text)


def _delimiter(text: str, known: Collection[str]) -> str:
    header = text.lstrip("\r\n").partition("\n")[0]
    return max(DELIMITERS, key=lambda mark: sum(cell.strip(' "\r').lower() in known for cell in header.split(mark)))


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet might run this cell as a formula."""
    normal = unicodedata.normalize("NFKC", cell)
    return normal.lstrip(" \u00a0")[:1] in FORMULA_STARTS if normal.strip(" \u00a0") else False


def cells_of(line: Line, header: Sequence[str]) -> dict[str, str]:
    """The cells of a line by column; refused where there are more of them, or one that a spreadsheet would run."""
    if any(cell.strip() for cell in line.cells[len(header) :]):
        raise Refused("table.too_many_cells", expected=len(header), found=len(line.cells))
    cells = dict(zip(header, line.cells, strict=False))
    for column, cell in cells.items():
        if is_formula(cell):
            raise Refused("table.formula", column=column)
    return cells


def write(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table with commas, UTF-8 mark and CRLF; cells that look like formulas are preceded by an apostrophe."""
    output = io.StringIO()
    output.write("\ufeff")
    writer = csv.writer(output)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return output.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if is_formula(cell) else cell
