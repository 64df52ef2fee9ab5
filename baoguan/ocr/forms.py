"""Forms of one character: which are printed variants of each other, and which no page in
Traditional characters holds. `python -m training.language` writes the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from baoguan.ocr.recognise import NONE, Options

ENOUGH = 20  # characters that tell the script of a page
RATIO = 4.0  # Traditional to Simplified ones
KANA = 0.02  # share of a page's characters from which on it is Japanese


def rows_of(name: str) -> list[str]:
    """The lines of a table that lies beside this module, without its head."""
    text = resources.files("baoguan.ocr").joinpath("data", name).read_text("utf-8")
    return [row for row in text.splitlines() if row and not row.startswith("#")]


@cache
def _tables() -> tuple[frozenset[str], Mapping[str, str]]:
    """The characters that are Simplified only; the form for all forms of a character."""
    simplified, *rows = rows_of("forms.txt")
    return frozenset(simplified), {form: row[0] for row in rows for form in row[1:]}


def root(text: str) -> str:
    """What all printed forms of a character share."""
    return _tables()[1].get(text, text)


def joined(options: Options) -> Options:
    """The forms of one character as one, printed as the likeliest of them."""
    sums: dict[str, float] = {}
    printed: dict[str, str] = {}
    for text, chance in sorted(options.items(), key=lambda item: (-item[1], item[0])):
        shared = root(text)
        sums[shared] = sums.get(shared, 0.0) + chance
        printed.setdefault(shared, text)
    return {printed[shared]: chance for shared, chance in sums.items()}


def never_printed(characters: Iterable[str]) -> frozenset[str]:
    """What cannot occur on a page with these `characters`: on a Traditional one the forms that are
    Simplified only, and kana if there are next to none."""
    simplified, _ = _tables()
    known = [text for text in characters if text != NONE]
    modern = sum(text in simplified for text in known)
    old = sum(text not in simplified and root(text) in simplified for text in known)
    if old < ENOUGH or old < RATIO * modern:
        return frozenset()
    kana = sum(map(is_kana, known)) > KANA * len(known)
    return simplified if kana else simplified | _KANA


def is_kana(text: str) -> bool:
    return text in _KANA


_KANA = frozenset(map(chr, range(0x3041, 0x3100))) - {"・", "ー"}
