"""Which years are counted how: eras, each with its first day and its last.

First days: the Qing eras begin with the first day of a lunisolar year (咸豐 1851-02-01, 同治
1862-01-30, 光緒 1875-02-06, 宣統 1909-01-22; 宣統 ends with the abdication of 1912-02-12, and was
counted on for twelve days of July 1917); 民國 1912-01-01; 洪憲 1916-01-01 to 1916-03-22; 大同
1932-03-01; 康德 1934-03-01 to 1945-08-17; the Japanese ones by their proclamations: 大正
1912-07-30, 昭和 1926-12-25, 平成 1989-01-08, 令和 2019-05-01. 明治 is taken from 1868-01-25, as its
first year was counted; Japan went over to the Gregorian calendar on 1873-01-01.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

OPEN = dt.date.max


@dataclass(frozen=True, slots=True)
class Era:
    """Year n of it is the year `before` + n of the common era; `lunisolar` where months are."""

    name: str
    before: int
    first: dt.date
    last: dt.date = OPEN
    lunisolar: bool = False


ERAS = (
    Era("咸豐", 1850, dt.date(1851, 2, 1), dt.date(1862, 1, 29), lunisolar=True),
    Era("同治", 1861, dt.date(1862, 1, 30), dt.date(1875, 2, 5), lunisolar=True),
    Era("光緒", 1874, dt.date(1875, 2, 6), dt.date(1909, 1, 21), lunisolar=True),
    Era("宣統", 1908, dt.date(1909, 1, 22), dt.date(1912, 2, 12), lunisolar=True),
    Era("宣統", 1908, dt.date(1917, 7, 1), dt.date(1917, 7, 12), lunisolar=True),
    Era("民國", 1911, dt.date(1912, 1, 1)),
    Era("洪憲", 1915, dt.date(1916, 1, 1), dt.date(1916, 3, 22)),
    Era("大同", 1931, dt.date(1932, 3, 1), dt.date(1934, 2, 28)),
    Era("康德", 1933, dt.date(1934, 3, 1), dt.date(1945, 8, 17)),
    Era("明治", 1867, dt.date(1868, 1, 25), dt.date(1912, 7, 30)),
    Era("大正", 1911, dt.date(1912, 7, 30), dt.date(1926, 12, 25)),
    Era("昭和", 1925, dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
    Era("平成", 1988, dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    Era("令和", 2018, dt.date(2019, 5, 1)),
)
COMMON = Era("公元", 0, dt.date.min)

# As written, folded to one form: 簡, 繁, printed variants, and longer names of the same.
SPELLINGS = {
    "咸豐": ("咸豐", "咸丰", "咸豊"),
    "同治": ("同治",),
    "光緒": ("光緒", "光绪", "光緖"),
    "宣統": ("宣統", "宣统"),
    "民國": ("中華民國", "中华民国", "中華民囯", "民國", "民国", "民囯", "民"),
    "洪憲": ("洪憲", "洪宪"),
    "大同": ("大同",),
    "康德": ("康德",),
    "明治": ("明治",),
    "大正": ("大正",),
    "昭和": ("昭和",),
    "平成": ("平成",),
    "令和": ("令和",),
    "公元": ("公元", "公曆", "公历", "西元", "西曆", "西历", "西歷", "西暦"),
}
NAMES = {spelt: name for name, spellings in SPELLINGS.items() for spelt in spellings}
JAPAN_GREGORIAN = dt.date(1873, 1, 1)


def eras_of(name: str) -> tuple[Era, ...]:
    return (COMMON,) if name == COMMON.name else tuple(e for e in ERAS if e.name == name)
