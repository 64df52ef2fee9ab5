from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.calendars import (
    ERAS,
    Calendar,
    Era,
    PrintedDate,
    as_printed,
    bound,
    days_of,
    era_year,
    read_date,
    written,
)
from baoguan.calendars.reading import LONGEST
from baoguan.errors import BadDate

DAYS = st.dates(dt.date(1872, 1, 1), dt.date(2030, 12, 31))
TODAY = dt.date(2026, 11, 25)


def days(text: str) -> list[str]:
    return [f"{d.first}..{d.last}" if d.day is None else str(d.day) for d in read_date(text, TODAY)]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("1939", "1939-01-01..1939-12-31"),
        ("1939-4", "1939-04-01..1939-04-30"),
        ("1939.04.23", "1939-04-23"),
        ("19390423", "1939-04-23"),
        ("１９３９／４／２３", "1939-04-23"),
        ("1939年4月23日", "1939-04-23"),
        ("一九三九年四月二十三日", "1939-04-23"),
        ("一九三九年四月二三日", "1939-04-23"),
        ("公元一九三九年", "1939-01-01..1939-12-31"),
        ("民國廿八年四月廿三日", "1939-04-23"),
        ("民国28年4月23号", "1939-04-23"),
        ("中華民國二十八年四月念三日", "1939-04-23"),
        ("民28.4.23", "1939-04-23"),
        ("民國貳拾捌年肆月貳拾叁日", "1939-04-23"),
        ("民國元年元月一日", "1912-01-01"),
        ("民國一百零二年", "2013-01-01..2013-12-31"),
        ("民國廿八年農曆三月初四", "1939-04-23"),
        ("民國廿八年 三月初四", "1939-04-23"),
        ("陽曆民國廿八年三月", "1939-03-01..1939-03-31"),
        ("光緒三十年", "1904-02-16..1905-02-03"),
        ("光绪卅年正月", "1904-02-16..1904-03-16"),
        ("大清光緒三十年正月初一日", "1904-02-16"),
        ("光緒甲午年七月初一", "1894-08-01"),
        ("光緒二十年歲次甲午七月初一", "1894-08-01"),
        ("光緒十六年閏二月", "1890-03-21..1890-04-18"),
        ("光緒二十年陽曆八月一日", "1894-08-01"),
        ("宣統三年臘月廿五", "1912-02-12"),
        ("宣統九年五月十三", "1917-07-01"),
        ("同治十一年三月廿三日", "1872-04-30"),
        ("洪憲元年", "1916-01-01..1916-03-22"),
        ("康德六年四月", "1939-04-01..1939-04-30"),
        ("明治卅七年", "1904-01-01..1904-12-31"),
        ("大正十五年", "1926-01-01..1926-12-25"),
        ("昭和元年", "1926-12-25..1926-12-31"),
        ("昭和十四年四月廿三日", "1939-04-23"),
        ("中華民國二十八年四月二十三日農曆己卯年三月初四日", "1939-04-23"),
        ("己卯年三月初四（民國二十八年四月二十三日）", "1939-04-23"),
        ("民國二十八年一月一日歲次戊寅", "1939-01-01"),
    ],
)
def test_dates_as_printed_mean_days(printed: str, meant: str) -> None:
    assert days(printed) == [meant]


def test_a_name_of_the_cycle_means_each_of_its_years_until_today() -> None:
    years = [d.first.year for d in read_date("甲午", TODAY)]
    assert years == [1894, 1954, 2014]
    assert all(d.calendar is Calendar.LUNISOLAR for d in read_date("歲次甲午", TODAY))
    assert days("甲午年七月初一") == ["1894-08-01", "1954-07-30", "2014-07-27"]
    assert [d.first.year for d in read_date("丁未", dt.date(2027, 2, 5))] == [1907, 1967]
    assert [d.first.year for d in read_date("丁未", dt.date(2027, 2, 6))] == [1907, 1967, 2027]


@pytest.mark.parametrize(
    ("printed", "place", "complaint"),
    [
        ("", 0, "missing here"),
        ("上海", 0, "is written"),
        ("28年", 0, "Of which era"),
        ("三月廿一日", 5, "year is missing"),
        ("民國", 0, "year of 民國 is missing"),
        ("民國二八年十三月", 5, "no such day"),
        ("民國 廿八年 二月三十日", 0, "no such day"),
        ("民國廿八年四月廿三日上海", 10, "is written"),
        ("甲丑", 0, "none of the sixty"),
        ("民國二十八年庚辰", 0, "己卯, not 庚辰"),
        ("光緒三十五年", 0, "1875-02-06 to 1909-01-21"),
        ("光緒十六年閏三月", 0, "閏2月"),
        ("明治五年三月", 0, "calendar of its own"),
        ("民國廿八年四月廿三日己卯年三月初五", 10, "not of the same day"),
        ("1939-02-30", 0, "no such day"),
        ("1939-00", 0, "no such day"),
        ("0000", 0, "no such day"),
        ("一" * 61, LONGEST, "no longer"),
    ],
)
def test_what_is_no_date_is_refused_at_its_place(printed: str, place: int, complaint: str) -> None:
    with pytest.raises(BadDate, match=complaint) as refused:
        read_date(printed, TODAY)
    assert refused.value.position == place


@given(DAYS, st.booleans())
def test_a_day_written_as_printed_is_read_as_that_day(date: dt.date, simplified: bool) -> None:
    printed = as_printed(date, simplified=simplified)
    (read,) = read_date(printed)
    assert (read.day, read.printed) == (date, printed)


@given(st.sampled_from([e for e in ERAS if not e.lunisolar and e.name != "明治"]), st.data())
def test_every_day_of_an_era_is_read(era: Era, data: st.DataObject) -> None:
    last = min(era.last, dt.date(2030, 12, 31))
    date = data.draw(st.dates(era.first, last))
    (read,) = read_date(f"{era.name}{date.year - era.before}年{date.month}月{date.day}日")
    assert read.day == date


def outcome(text: str) -> int | tuple[PrintedDate, ...]:
    """The days, or the place of the refusal."""
    try:
        return read_date(text)
    except BadDate as refused:
        return refused.position


@given(
    st.text("民國光緒宣統年月日初廿十三四閏正臘甲午歲次農曆元0123456789-./、 即", max_size=20)
    | st.text(max_size=80)
)
def test_any_text_is_a_date_or_refused_at_a_place_within_it(text: str) -> None:
    answer = outcome(text)
    if isinstance(answer, int):
        assert 0 <= answer <= len(text)
    else:
        assert all(date.first <= date.last for date in answer)


def test_eras_begin_and_end_where_they_did() -> None:
    firsts = {era.name: era.first for era in ERAS[::-1] if era.name != "宣統"}
    for name in ("咸豐", "同治", "光緒"):
        assert firsts[name] == days_of(firsts[name].year)[0]
    ends = {era.name: era.last for era in ERAS}
    assert ends["咸豐"] + dt.timedelta(1) == firsts["同治"]
    assert ends["同治"] + dt.timedelta(1) == firsts["光緒"]
    assert as_printed(dt.date(1909, 1, 21)) == "光緒三十四年十二月三十日"
    assert as_printed(dt.date(1909, 1, 22)) == "宣統元年正月初一日"
    assert as_printed(dt.date(1911, 12, 31)) == "宣統三年十一月十二日"
    assert as_printed(dt.date(1912, 1, 1)) == "民國元年一月一日"
    assert as_printed(dt.date(1949, 10, 1)) == "一九四九年十月一日"
    assert era_year(dt.date(1939, 4, 23), simplified=True) == "民国二十八年"
    assert era_year(dt.date(1950, 1, 1)) == ""


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (28, "二十八"),
        (87, "八十七"),
        (115, "一百一十五"),
    ],
)
def test_numbers_are_said_as_dates_are_printed(n: int, said: str) -> None:
    assert written(n) == said


def test_boxes_for_dates_understand_dates_as_printed() -> None:
    assert bound("民國廿八年四月", last=False) == dt.date(1939, 4, 1)
    assert bound("民國廿八年四月", last=True) == dt.date(1939, 4, 30)
    assert bound("甲午", last=False) == dt.date(1894, 2, 6)
    assert bound("soon", last=False) is None
