"""Tables for spreadsheets: what looks like a formula is only text."""

from __future__ import annotations

import csv
import io

import pytest

from assemblies.core import tables


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "|x", "\t=1", " =1", "＝1", "\r=1", "\n=1"])
def test_a_formula_is_written_behind_an_apostrophe(cell: str) -> None:
    written = tables.write(["name"], [[cell]])
    assert list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")))[1] == [f"'{cell}"]


def test_ordinary_cells_are_written_as_they_are() -> None:
    assert tables.write(["name", "link"], [["Aïna, filla", "https://a/b"]]) == (
        '\ufeffname,link\r\n"Aïna, filla",https://a/b\r\n'
    )


def test_what_is_written_is_read_again() -> None:
    written = tables.write(["name"], [["Aïna"], ["Rui; Silva"]]).encode()
    assert [line.cells for line in tables.rows(tables.decode(written), ["name"])] == [
        ("name",),
        ("Aïna",),
        ("Rui; Silva",),
    ]
