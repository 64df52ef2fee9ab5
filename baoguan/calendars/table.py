"""Writes the table of lunisolar months: `python -m baoguan.calendars.table` (dev extra)."""

from __future__ import annotations

import datetime as dt

from baoguan.calendars.lunisolar import TABLE

YEARS = range(1850, 2051)
HEAD = """\
# The Chinese lunisolar calendar: year, its first day, after which month stands the leap month
# (0: none), and the length of each month (0: 29 days, 1: 30). Written by table.py beside it.
"""


def lines() -> list[str]:
    """One line for each year, by lunar-python."""
    from lunar_python import LunarYear

    found = []
    for year in YEARS:
        own = [m for m in LunarYear.fromYear(year).getMonthsInYear() if m.getYear() == year]
        first = dt.date.fromordinal(int(own[0].getFirstJulianDay() + 0.5) - 1_721_425)
        leap = next((-m.getMonth() for m in own if m.getMonth() < 0), 0)
        lengths = "".join(str(m.getDayCount() - 29) for m in own)
        found.append(f"{year} {first} {leap} {lengths}")
    return found


if __name__ == "__main__":
    TABLE.write_text(HEAD + "\n".join(lines()) + "\n", "ascii")
