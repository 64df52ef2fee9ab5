from __future__ import annotations

import datetime as dt

from baoguan.ui import dates

DAY = dt.date(1939, 4, 23)


def test_the_republics_years_are_told_beside_the_common_era() -> None:
    assert dates.long(DAY, "zh-Hant") == "1939年4月23日（民國二十八年）"
    assert dates.long(DAY, "zh-Hans") == "1939年4月23日（民国二十八年）"
    assert dates.long(DAY, "en") == "23 April 1939 (Republic 28)"
    assert dates.long(dt.date(1983, 10, 8), "zh-Hans") == "1983年10月8日"


def test_before_the_republic_the_date_is_told_as_it_was_printed() -> None:
    spring = dt.date(1904, 2, 16)
    assert dates.long(spring, "zh-Hant") == "1904年2月16日（光緒三十年正月初一日）"
    assert dates.long(spring, "zh-Hans") == "1904年2月16日（光绪三十年正月初一日）"
    assert dates.long(spring, "en") == "16 February 1904 (光緒三十年正月初一日)"
    assert dates.long(dt.date(1840, 6, 3), "zh-Hant") == "1840年6月3日"


def test_a_masthead_is_dated_in_characters() -> None:
    assert dates.printed(DAY, "zh-Hant") == "一九三九年四月二十三日"
    assert dates.weekday(DAY, "zh-Hant") == "星期日"
    assert dates.weekday(DAY, "en") == "Sunday"


def test_what_is_undated_says_so() -> None:
    assert dates.long(None, "zh-Hant") == "日期不詳"
