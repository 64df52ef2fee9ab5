from __future__ import annotations

import datetime as dt

import pytest

from baoguan.ui import dates

DAY = dt.date(1939, 4, 23)


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (28, "二十八"), (87, "八十七")],
)
def test_numbers_are_said_as_dates_are_printed(n: int, said: str) -> None:
    assert dates.number(n) == said


def test_the_republics_years_are_told_beside_the_common_era() -> None:
    assert dates.long(DAY, "zh-Hant") == "1939年4月23日（民國二十八年）"
    assert dates.long(DAY, "zh-Hans") == "1939年4月23日（民国二十八年）"
    assert dates.long(DAY, "en") == "23 April 1939 (Republic 28)"
    assert dates.long(dt.date(1983, 10, 8), "zh-Hans") == "1983年10月8日"


def test_a_masthead_is_dated_in_characters() -> None:
    assert dates.printed(DAY, "zh-Hant") == "一九三九年四月二十三日"
    assert dates.weekday(DAY, "zh-Hant") == "星期日"
    assert dates.weekday(DAY, "en") == "Sunday"


def test_what_is_undated_says_so() -> None:
    assert dates.long(None, "zh-Hant") == "日期不詳"
