from __future__ import annotations

import datetime as dt

import pytest

from baoguan.calendars import LunarDay, cycle_name, days_of, lunar_day
from baoguan.calendars.lunisolar import TABLE, _months
from baoguan.calendars.table import lines
from baoguan.errors import BadDate

DAY = dt.timedelta(1)


def test_the_table_is_what_the_library_says() -> None:
    kept = [line for line in TABLE.read_text("ascii").splitlines() if not line.startswith("#")]
    assert kept == lines()


def test_a_second_library_says_the_same_since_1900() -> None:
    from borax.calendars.lunardate import LunarDate

    months = [month for month in _months() if month.first > dt.date(1900, 1, 31)]
    assert len(months) > 1800
    for month in months:
        for date in (month.first, month.last):
            told = LunarDate.from_solar(date)
            own = lunar_day(date)
            assert (told.year, told.month, told.day, bool(told.leap)) == (
                own.year,
                own.month,
                own.day,
                own.leap,
            )


def test_every_day_from_1872_to_2030_goes_there_and_back() -> None:
    date, before = dt.date(1872, 1, 1), LunarDay(1871, 11, 20)
    while date < dt.date(2031, 1, 1):
        day = lunar_day(date)
        assert days_of(day.year, day.month, day.day, leap=day.leap) == (date, date)
        assert day.day == before.day + 1 or (day.day == 1 and before.day in (29, 30))
        date, before = date + DAY, day


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("1872-04-30", LunarDay(1872, 3, 23)),  # the first number of 申報
        ("1875-01-12", LunarDay(1874, 12, 5)),  # the Tongzhi emperor dies
        ("1890-03-21", LunarDay(1890, 2, 1, leap=True)),
        ("1894-08-01", LunarDay(1894, 7, 1)),  # war is declared
        ("1895-04-17", LunarDay(1895, 3, 23)),  # the treaty of Shimonoseki
        ("1898-09-21", LunarDay(1898, 8, 6)),  # the hundred days end
        ("1900-01-31", LunarDay(1900, 1, 1)),
        ("1901-09-07", LunarDay(1901, 7, 25)),  # the Boxer protocol
        ("1908-11-14", LunarDay(1908, 10, 21)),  # the Guangxu emperor dies
        ("1911-10-10", LunarDay(1911, 8, 19)),  # the rising of Wuchang
        ("1912-02-12", LunarDay(1911, 12, 25)),  # the abdication
        ("1939-02-19", LunarDay(1939, 1, 1)),
        ("1949-01-29", LunarDay(1949, 1, 1)),
        ("1985-02-20", LunarDay(1985, 1, 1)),
        ("2000-02-05", LunarDay(2000, 1, 1)),
        ("2024-02-10", LunarDay(2024, 1, 1)),
        ("2025-07-25", LunarDay(2025, 6, 1, leap=True)),
    ],
)
def test_days_that_histories_tell(date: str, day: LunarDay) -> None:
    assert lunar_day(dt.date.fromisoformat(date)) == day


def test_years_are_named_by_the_cycle() -> None:
    named = {1894: "甲午", 1898: "戊戌", 1900: "庚子", 1911: "辛亥", 1939: "己卯", 2024: "甲辰"}
    assert {year: cycle_name(year) for year in named} == named


@pytest.mark.parametrize(
    ("year", "month", "day", "leap", "complaint"),
    [
        (1890, 3, 1, True, "閏2月"),
        (1891, 2, 0, True, "it has none"),
        (1900, 1, 30, False, "29 days"),
        (1849, 0, 0, False, "does not reach"),
        (2051, 1, 1, False, "does not reach"),
    ],
)
def test_what_the_calendar_has_not_is_told(
    year: int, month: int, day: int, leap: bool, complaint: str
) -> None:
    with pytest.raises(BadDate, match=complaint):
        days_of(year, month, day, leap=leap)


@pytest.mark.parametrize("date", ["1850-02-11", "2051-02-11", "0001-01-01"])
def test_days_outside_the_table_are_told(date: str) -> None:
    with pytest.raises(BadDate, match="does not reach"):
        lunar_day(dt.date.fromisoformat(date))
