"""Numbers as dates print them: 二十八, 廿八, 念八, 二八, 貳拾捌, 元, 28."""

from __future__ import annotations

FIGURES = "〇一二三四五六七八九"
_VALUES = {figure: value for value, figure in enumerate(FIGURES)} | {
    **{str(figure): figure for figure in range(10)},
    "零": 0, "○": 0, "元": 1, "壹": 1, "壱": 1, "貳": 2, "贰": 2, "弐": 2, "兩": 2, "叁": 3,
    "參": 3, "叄": 3, "肆": 4, "伍": 5, "陸": 6, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "廿": 20, "卄": 20, "念": 20, "卅": 30, "丗": 30, "卌": 40}
SIGNS = "".join((*_VALUES, *_TENS, "百"))


def number(written: str) -> int | None:
    """The value of `written`, which holds only SIGNS; None where it makes no sense."""
    if written.isascii():
        return int(written) if written.isdecimal() else None
    hundreds, sign, rest = written.rpartition("百")
    if sign:
        most, least = number(hundreds) if hundreds else 1, number(rest) if rest else 0
        return None if most is None or least is None or least > 99 else most * 100 + least
    for at, character in enumerate(written):
        if tens := _TENS.get(character):
            return _with_tens(written[:at], tens, written[at + 1 :])
    return int("".join(str(_VALUES[figure]) for figure in written)) if written else None


def _with_tens(before: str, tens: int, after: str) -> int | None:
    """二 十 八: one figure on either side of the ten, which 廿 has within it."""
    if len(before) > (tens == 10) or len(after) > 1 or after in _TENS:
        return None
    return (_VALUES[before] * 10 if before else tens) + (_VALUES[after] if after else 0)


def written(number_: int) -> str:
    """0 to 999 as dates are printed: 二十三, 一百一十五."""
    hundreds, rest = divmod(number_, 100)
    if hundreds:
        zero = "〇" if 0 < rest < 10 else ""
        tail = ("一" if 10 <= rest < 20 else "") + written(rest) if rest else ""
        return f"{FIGURES[hundreds]}百{zero}{tail}"
    tens, ones = divmod(rest, 10)
    head = ("" if tens == 1 else FIGURES[tens]) + "十" if tens else ""
    return head + (FIGURES[ones] if ones or not tens else "")


def spelt(number_: int) -> str:
    """Figure by figure: 一九三九."""
    return "".join(FIGURES[int(figure)] for figure in str(number_))
