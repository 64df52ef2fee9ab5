from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.errors import UsageError
from baoguan.ingest.names import Named, named, parse_date
from baoguan.settings import NAME_PATTERNS

DAY = dt.date(1939, 4, 23)


@pytest.mark.parametrize(
    ("stem", "told"),
    [
        ("jb_1939-04-23_0001", Named("jb", DAY, (1,))),
        ("jb_19390423_12", Named("jb", DAY, (12,))),
        ("jb_3797_1939-04-23_0001+0004", Named("jb", DAY, (1, 4))),
        ("jb_1939-04-23_2+3", Named("jb", DAY, (2, 3))),
        ("申報_1939.4.23_7", Named("申報", DAY, (7,))),
        ("jb_vol_2_no_7_1939-04-23_0001+0004", Named("jb", DAY, (1, 4))),
        (
            "申報_光緒三十年正月初一_0001",
            Named("申報", dt.date(1904, 2, 16), (1,), "光緒三十年正月初一"),
        ),
        ("jb_民国28年4月23日_0001+0004", Named("jb", DAY, (1, 4), "民国28年4月23日")),
        ("申報_光緒三十年正月_0001", Named()),
        ("申報_甲午年七月初一_0001", Named()),
        ("0012", Named()),
        ("jb_1939-13-40_0001", Named()),
        ("jb_1939-04-23", Named()),
    ],
)
def test_names_tell_title_date_and_pages(stem: str, told: Named) -> None:
    assert named(stem, NAME_PATTERNS) == told


def test_a_pattern_of_ones_own() -> None:
    assert named("19390423-p7", ["{date}-p{page}"]) == Named("", DAY, (7,))


def test_an_unknown_field_in_a_pattern_is_named() -> None:
    with pytest.raises(UsageError, match="volume"):
        named("x", ["{title}_{volume}"])


@given(st.text(max_size=40))
def test_any_name_gives_an_answer(stem: str) -> None:
    assert isinstance(named(stem, NAME_PATTERNS), Named)


@given(st.dates())
def test_dates_come_back_in_each_form(day: dt.date) -> None:
    for form in (
        f"{day:%Y-%m-%d}",
        f"{day.year:04d}{day:%m%d}",
        f"{day.year:04d}.{day.month}.{day.day}",
    ):
        assert parse_date(form.rjust(10, "0") if "-" in form else form) == day
