from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.collections.hitlists import COLUMNS, WRITERS, HitRow, as_csv, citation

ROW = HitRow(
    article="jb-1939-04-23-a-p0001-a0000",
    title="晶報",
    date=dt.date(1939, 4, 23),
    printed="民國二十八年四月二十三日",
    edition="a",
    page=1,
    kind="article",
    headline="華軍反攻南昌",
    before="晨三時",
    hit="華軍",
    after="自西北",
    possible=False,
    link="http://host/reader?page=jb-1939-04-23-a-p0001&q=%E8%8F%AF",
)
UNKNOWN = replace(ROW, date=None, printed="", page=0, headline="", hit="", before="", possible=True)


def written(form: str, *rows: HitRow) -> str:
    return "".join(WRITERS[form](rows))


def test_a_spreadsheet_reads_the_csv_as_utf_8_with_one_row_a_hit() -> None:
    text = written("csv", ROW, UNKNOWN)
    assert text.startswith("\ufeff")
    head, one, two = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert tuple(head) == COLUMNS
    cells = dict(zip(head, one, strict=True))
    assert cells["date"] == "1939-04-23"
    assert cells["printed"] == "民國二十八年四月二十三日"
    assert (cells["before"], cells["hit"], cells["after"]) == ("晨三時", "華軍", "自西北")
    assert dict(zip(head, two, strict=True))["possible"] == "yes"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_printed_becomes_a_formula(begins: str) -> None:
    hostile = replace(ROW, headline=f'{begins}HYPERLINK("http://x")', hit=f"{begins}1")
    text = written("csv", hostile).removeprefix("\ufeff")
    _, cells = csv.reader(io.StringIO(text, newline=""))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert f'\'{begins}HYPERLINK("http://x")' in cells


def test_each_json_line_is_a_hit() -> None:
    one, two = map(json.loads, written("jsonl", ROW, UNKNOWN).splitlines())
    assert one["date"] == "1939-04-23"
    assert one["hit"] == "華軍"
    assert (two["date"], two["possible"]) == (None, True)


def records(text: str) -> list[dict[str, str]]:
    """Read as the specification says: a tag of two signs, two spaces, a hyphen, a space."""
    found: list[dict[str, str]] = []
    for line in text.split("\r\n"):
        if not line:
            continue
        tag = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert tag, line
        if tag[1] == "TY":
            found.append({})
        found[-1][tag[1]] = tag[2]
    assert all([*record][:: len(record) - 1] == ["TY", "ER"] for record in found)
    return found


def test_reference_managers_get_the_citation() -> None:
    one, two = records(written("ris", ROW, UNKNOWN))
    assert one["TY"] == "NEWS"
    assert (one["TI"], one["T2"], one["DA"], one["PY"], one["SP"]) == (
        "華軍反攻南昌", "晶報", "1939/04/23/", "1939", "1",
    )  # fmt: skip
    assert one["UR"] == ROW.link
    assert one["N1"] == ROW.printed
    assert not {"DA", "PY", "SP"} & two.keys()
    assert two["TI"] == "自西北"


ROWS = st.builds(
    HitRow,
    *[st.text(max_size=9)] * 2,
    st.none() | st.dates(),
    *[st.text(max_size=9)] * 2,
    st.integers(0, 99),
    *[st.text(max_size=9)] * 5,
    st.booleans(),
    st.text(max_size=9),
)


@given(ROWS)
def test_whatever_is_printed_a_record_stays_one(row: HitRow) -> None:
    assert len(records(written("ris", row, row))) == 2
    assert len(written("jsonl", row, row).split("\n")) == 3
    text = written("csv", row).removeprefix("\ufeff")
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == 2


def test_the_plain_list_quotes_in_full() -> None:
    text = written("txt", ROW, UNKNOWN)
    assert (
        citation(ROW) == "〈華軍反攻南昌〉，《晶報》1939-04-23（民國二十八年四月二十三日），第1版"
    )
    assert f"1. {citation(ROW)}\n   …晨三時【華軍】自西北…\n   {ROW.link}\n" in text
    assert "2. 《晶報》s.d. (?)\n" in text


def test_rows_are_written_as_they_come() -> None:
    lines = as_csv(itertools.repeat(ROW))
    head, one, two = itertools.islice(lines, 3)
    assert head.startswith("\ufeffarticle,")
    assert one == two
