from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.collections.names import parse_names, read_names, write_names
from baoguan.errors import BadNames
from baoguan.model import Name, NameKind

MEI = Name("梅蘭芳", NameKind.PERSON, ("畹華", "梅郎"), "伶人, 北平")


def test_a_list_is_read_with_its_aliases_and_notes() -> None:
    text = 'name,kind,aliases,note\r\n梅蘭芳,Person,畹華|梅郎,"伶人, 北平"\r\n\r\n上海,place,,\r\n'
    assert parse_names(text) == (MEI, Name("上海", NameKind.PLACE))


def test_columns_may_stand_in_any_order_and_be_left_out() -> None:
    assert parse_names("kind,name\nplace,上海\n") == (Name("上海", NameKind.PLACE),)
    (name,) = parse_names("Name , Kind , Aliases\n上海,place,滬上、申江; 上洋\n")
    assert name.aliases == ("滬上", "申江", "上洋")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "row 1: the column name is missing"),
        ("name,sort\n", "row 1: unknown column 'sort'"),
        ("name,kind,kind\n", "row 1: a column is named twice"),
        ("name,kind\n,person\n", "row 2: the name is missing"),
        ("name,kind\n上海,town\n", "row 2: kind is person, place, organisation, none, not 'town'"),
        ("name,kind\n上海,\n", "row 2: kind is"),
        ("name,kind\n滬,place\n", "row 2: 滬 has 1 characters"),
        ("name,kind,aliases\n上海,place,滬\n", "row 2: 滬 has 1 characters"),
        ("name,kind\n上海,place\n\n上海,place\n", "row 4: 上海 stands in row 2 already"),
        ("name,kind\n上海,place,x\n", "row 2: more cells than columns"),
        ('name,kind\n"上海,place\n', "row 2: unexpected end of data"),
    ],
)
def test_each_bad_row_is_told_with_its_number_and_reason(text: str, complaint: str) -> None:
    with pytest.raises(BadNames) as refused:
        parse_names(text)
    assert complaint in str(refused.value)


def test_all_bad_rows_are_told_at_once() -> None:
    with pytest.raises(BadNames) as refused:
        parse_names("name,kind\n滬,place\n上海,town\n北平,place\n")
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == ["row 2", "row 3"]


def test_a_file_that_is_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    with pytest.raises(BadNames, match="No such file"):
        read_names(file)
    file.write_bytes("name,kind\n上海,place\n".encode("gb18030"))
    with pytest.raises(BadNames, match="UTF-8"):
        read_names(file)


CELL = st.text("甲乙丙 ab,\"'-", min_size=2, max_size=8).map(str.strip).filter(lambda t: len(t) > 1)


@given(
    st.lists(
        st.builds(Name, CELL, st.sampled_from(NameKind), st.just(()) | st.tuples(CELL), CELL),
        unique_by=lambda name: (name.name, name.kind),
    )
)
def test_what_is_written_is_read_back(names: list[Name]) -> None:
    assert parse_names(write_names(names).removeprefix("\ufeff")) == tuple(names)
