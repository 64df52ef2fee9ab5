"""Dates as newspapers print them, 1850 to today, and the days they mean.

read_date("民國廿八年四月廿三日")[0].day     1939-04-23
read_date("光緒三十年正月初一")[0].day       1904-02-16
[d.first.year for d in read_date("甲午")]   [1894, 1954, 2014]
as_printed(dt.date(1904, 2, 16))            光緒三十年正月初一日
"""

from baoguan.calendars.eras import ERAS, Era
from baoguan.calendars.lunisolar import LunarDay, cycle_name, days_of, lunar_day
from baoguan.calendars.numbers import spelt, written
from baoguan.calendars.reading import Calendar, PrintedDate, bound, read_date
from baoguan.calendars.writing import as_printed, era_year

__all__ = [
    "ERAS",
    "Calendar",
    "Era",
    "LunarDay",
    "PrintedDate",
    "as_printed",
    "bound",
    "cycle_name",
    "days_of",
    "era_year",
    "lunar_day",
    "read_date",
    "spelt",
    "written",
]
