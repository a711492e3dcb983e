"""A file of data → columns of numbers."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from symbolic_mle.cli.table import columns, read
from symbolic_mle.errors import DataError


def one(text: str) -> list[float]:
    return columns(io.StringIO(text), ["x"], "data.csv")["x"]


@pytest.mark.parametrize(
    "text",
    [
        "2\n0\n3\n",
        "2\n0\n3",
        "x\n2\n0\n3\n",
        "count\n2\n0\n3\n",
        '"x"\n"2"\n"0"\n"3"\n',
        "2\r\n0\r\n3\r\n",
        "\n2\n\n0\n   \n3\n\n",
        "# counts of a day\nx\n2\n0\n3\n",
        "id,x\n7,2\n8,0\n9,3\n",
        "id;x\n7;2\n8;0\n9;3\n",
        "id\tx\n7\t2\n8\t0\n9\t3\n",
        "x, id\n2, 7\n0, 8\n3, 9\n",
    ],
)
def test_one_column_however_it_is_written(text: str) -> None:
    assert one(text) == [2, 0, 3]


def test_whole_numbers_stay_whole_and_others_keep_every_digit() -> None:
    values = one("x\n-3\n0.1\n1e-300\n12345678901234567\n")
    assert values == [-3, 0.1, 1e-300, 12345678901234567]
    assert [type(value) for value in values] == [int, float, float, int]


def test_columns_by_name_in_any_order() -> None:
    found = columns(io.StringIO("y,z,x\n1,2,3\n4,5,6\n"), ["x", "y"], "data.csv")
    assert found == {"x": [3, 6], "y": [1, 4]}


def test_columns_by_place_without_a_header() -> None:
    assert columns(io.StringIO("1,2\n3,4\n"), ["x", "y"], "data.csv") == {"x": [1, 3], "y": [2, 4]}


def test_which_column_is_never_guessed() -> None:
    with pytest.raises(DataError, match="the columns are 'id', 'count'; needed 'x'"):
        one("id,count\n7,2\n")
    with pytest.raises(DataError, match="2 columns without names, needed 'x'. Add a header"):
        one("7,2\n8,0\n")
    with pytest.raises(DataError, match="needed 'x' and 'y'"):
        columns(io.StringIO("a,b\n1,2\n"), ["x", "y"], "data.csv")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x\n2\n\n0\nthree\n", "row 5: 'three' is not a number"),
        ("2\n1,5\n", "row 2: 2 cells, 1 in the first row; decimals are written with a point"),
        ("id,x\n1,2\n2,\n", "row 3: no value in column 2; a missing observation must be left out"),
        ("id,x\n1,2\n2\n", "row 3: no value"),
        ("x\n2\nNA\n", "row 3: 'NA' is not a number"),
    ],
)
def test_a_bad_cell_is_named_by_its_row(text: str, complaint: str) -> None:
    with pytest.raises(DataError) as caught:
        one(text)
    assert complaint in str(caught.value)
    assert str(caught.value).startswith("data.csv, row")


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n"])
def test_an_empty_table(text: str) -> None:
    with pytest.raises(DataError, match="the file has no data"):
        one(text)


def test_a_header_alone() -> None:
    with pytest.raises(DataError, match="a header and no data"):
        one("x\n")


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_text("x\n1\n2\n", encoding="utf-8-sig")
    assert read(str(file), ["x"]) == {"x": [1, 2]}


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_bytes(b"\xff\xfe\x00\x81" * 10)
    with pytest.raises(DataError, match="not a text file in UTF-8"):
        read(str(file), ["x"])


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n2\n"))
    assert read("-", ["x"]) == {"x": [1, 2]}
