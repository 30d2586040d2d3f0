"""Lists of members, as city halls really send them."""

from __future__ import annotations

import pytest

from assemblies.core.members import MAX_LINES, Context, MemberRow, Reading, read_members, write_rows
from assemblies.core.names import skeleton_of
from assemblies.core.roles import Role

CHAMBERS = Context(chambers=("citizens", "parliament"))
AINA = MemberRow(2, "Aïna", Role.CITIZEN, "citizens", ("ca", "es"), "ca")


def read(text: str, context: Context = CHAMBERS) -> Reading:
    return read_members(text.encode(), context)


def codes(reading: Reading) -> list[tuple[int, str]]:
    return [(error.line, error.code) for error in reading.errors]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_every_programs_way_of_saving_is_read(delimiter: str, encoding: str) -> None:
    table = "name,role,chamber,speaks,reads\r\nAïna,citizen,citizens,ca es,ca\r\n".replace(",", delimiter)
    assert read_members(table.encode(encoding), CHAMBERS) == Reading((AINA,))


def test_columns_come_in_any_order_and_some_may_be_absent() -> None:
    assert read("Speaks;NAME\nca;Aïna\n").rows == (MemberRow(2, "Aïna", Role.CITIZEN, "", ("ca",), "ca"),)


def test_excels_hint_and_blank_lines_are_no_data_but_count_as_lines() -> None:
    reading = read("sep=;\nname;speaks\n\n;;\nAïna;ca\nRui;xx\n")
    assert [row.line for row in reading.rows] == [5]
    assert codes(reading) == [(6, "language.unknown")]


def test_languages_may_be_written_as_codes_or_by_their_own_names() -> None:
    assert read('name,speaks\nAïna,"CA, español/pt-br"\n').rows[0].speaks == ("ca", "es", "pt-BR")


def test_every_bad_line_has_one_error_and_the_good_ones_are_kept_apart() -> None:
    reading = read(
        "name,role,chamber,speaks,reads\n"
        "Aïna,citizen,citizens,ca es,ca\n"
        "Rui,king,citizens,pt,pt\n"
        "Léa,citizen,senate,fr,fr\n"
        "Ugo,citizen,citizens,,it\n"
        "Eva,citizen,citizens,es,klingon\n"
        ",citizen,citizens,es,es\n"
    )
    assert reading.rows == (AINA,)
    assert codes(reading) == [
        (3, "members.unknown_role"),
        (4, "members.unknown_chamber"),
        (5, "members.speaks_nothing"),
        (6, "language.unknown"),
        (7, "name.empty"),
    ]


def test_the_same_name_twice_names_the_first_line() -> None:
    reading = read("name,speaks\nAnna,it\nÁNNA,it\n")
    assert codes(reading) == [(3, "members.same_name")]
    assert reading.errors[0].params == {"name": "ÁNNA", "line": 2}


def test_a_name_that_looks_like_a_members_is_refused() -> None:
    context = Context(taken=frozenset({skeleton_of("Anna")}))
    assert codes(read("name,speaks\nАnnа,it\n".replace("А", "A").replace("а", "a"), context)) == [
        (2, "member.name_taken")
    ]


def test_letters_of_other_alphabets_do_not_make_another_name() -> None:
    assert skeleton_of("Хосе") == skeleton_of("xoce")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "|calc", "\u00a0=1"])
def test_a_cell_a_spreadsheet_would_run_is_refused(cell: str) -> None:
    assert codes(read(f"name,speaks\n{cell},it\n")) == [(2, "table.formula")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ann\u202ea", "name.bad_character"),
        ("Ann\x07a", "name.bad_character"),
        ("\u200b", "name.bad_character"),
        ("A" + "\u0315" * 9, "name.too_many_marks"),
        ("Pаul", "name.mixed_scripts"),
        ("x" * 61, "name.too_long"),
        ("…", "name.empty"),
    ],
)
def test_hostile_names_are_refused(name: str, code: str) -> None:
    assert codes(read(f"name,speaks\n{name},it\n")) == [(2, code)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "table.empty"),
        ("name,speaks\n", "table.empty"),
        ("name,role\nAnna,citizen\n", "members.missing_column"),
        ("name,speaks,e-mail\nAnna,it,a@b\n", "members.no_trait"),
        ("name,speaks,\nAnna,it,1\n", "members.unknown_column"),
        ("name,speaks," + ",".join("abcdefghijklm") + "\nAnna,it\n", "members.too_many_traits"),
        ("name,speaks,name\nAnna,it,Anna\n", "members.double_column"),
        ("name,speaks\nAn\0na,it\n", "table.not_text"),
        ("name,speaks\n" + "Anna,it\n" * (MAX_LINES + 1), "table.too_long"),
        ("x" * 1_000_001, "table.too_large"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(text: str, code: str) -> None:
    reading = read(text)
    assert codes(reading) == [(0, code)]
    assert reading.rows == ()


def test_a_quote_that_never_ends_is_told_with_its_line() -> None:
    assert codes(read('name,speaks\nAnna,it\n"Rui,pt\nLéa,fr\n')) == [(3, "table.broken")]


def test_cells_beyond_the_header_are_refused() -> None:
    assert codes(read("name,speaks\nAnna,it,boss\n")) == [(2, "table.too_many_cells")]


def test_five_thousand_lines_are_read() -> None:
    lines = "".join(f"Member {number},fr\n" for number in range(MAX_LINES))
    assert len(read("name,speaks\n" + lines).rows) == MAX_LINES


def test_columns_that_are_not_ours_are_traits_and_come_back() -> None:
    rows = read("name,Gender,speaks,age\nAïna,f,ca,\nRui, m ,pt,60 and more\n").rows
    assert [row.traits for row in rows] == [{"gender": "f"}, {"gender": "m", "age": "60 and more"}]
    assert [row.traits for row in read_members(write_rows(rows).encode(), Context()).rows] == [
        row.traits for row in rows
    ]


def test_a_column_with_a_value_for_each_person_is_no_trait() -> None:
    lines = "".join(f"Anna {number},it,{number}\n" for number in range(41))
    assert [error.code for error in read("name,speaks,street\n" + lines).errors] == ["members.no_trait"]
