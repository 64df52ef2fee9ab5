"""Writes the fold table, `data/fold.txt`:  python -m baoguan.search.fold_table

Three sources, applied in turn until nothing changes:

1. Unicode, by Python's unicodedata: NFKC and lower case, only where one code point stays one.
2. `data/variants.txt`, drawn up by hand for this project: printed and historical forms.
3. OpenCC's character tables (Apache-2.0): Traditional to Simplified, character by character without
   its phrase rules, and before it the Japanese forms that old papers share (戦, 囲), save where the
   form is itself a Simplified character of GB 2312 (予, 芸, 弁).
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import opencc

DATA = Path(__file__).with_name("data")
_HEADER = """\
# Which code points fold to which: the target first, then all that fold to it, in hexadecimal.
# Written by `python -m baoguan.search.fold_table`; do not edit. Made from the Unicode database,
# from OpenCC's character tables (Apache-2.0, https://github.com/BYVoid/OpenCC) and variants.txt.
# Unicode {sources}
"""
SOURCES = f"{unicodedata.unidata_version}, OpenCC {version('opencc')}"


def build() -> dict[str, str]:
    """Every character that folds, with the character that it folds to; nothing folds further."""
    steps = unicode_form, variant_form(read_variants()), simplified_form
    return {
        character: target
        for character in _assigned()
        if (target := _to_the_end(character, steps)) != character
    }


def unicode_form(character: str) -> str:
    """NFKC and lower case, each only where its result is one code point."""
    compatible = unicodedata.normalize("NFKC", character)
    kept = compatible if len(compatible) == 1 else character
    return kept.lower() if len(kept.lower()) == 1 else kept


def simplified_form(character: str) -> str:
    """The Simplified character, by OpenCC's tables of single characters."""
    shared = character if _in_gb2312(character) else _FROM_JAPANESE.convert(character)
    simplified: str = _TO_SIMPLIFIED.convert(shared if len(shared) == 1 else character)
    return simplified if len(simplified) == 1 else character


def variant_form(variants: Mapping[str, str]) -> Callable[[str], str]:
    return lambda character: variants.get(character, character)


def read_variants(path: Path = DATA / "variants.txt") -> dict[str, str]:
    """Each variant and what it is found under; ValueError where the file contradicts itself."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            target, *variants = line.split()
            for variant in variants:
                if len(variant) != 1 or len(target) != 1:
                    raise ValueError(f"line {number}: {variant} is not one code point")
                if found.get(variant, target) != target or variant == target:
                    raise ValueError(f"line {number}: {variant} goes to {target} and elsewhere")
                found[variant] = target
    return found


def render(table: Mapping[str, str]) -> str:
    sources: dict[str, list[str]] = defaultdict(list)
    for character, target in table.items():
        sources[target].append(character)
    lines = (
        " ".join(f"{ord(code):04X}" for code in (target, *sorted(sources[target])))
        for target in sorted(sources)
    )
    return _HEADER.format(sources=SOURCES) + "\n".join(lines) + "\n"


_TO_SIMPLIFIED = opencc.OpenCC("t2s")
_FROM_JAPANESE = opencc.OpenCC("jp2t")


def _assigned() -> Iterator[str]:
    """All code points but surrogates, private use and the unassigned."""
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)) not in {"Cs", "Co", "Cn"}:
            yield chr(code)


def _to_the_end(character: str, steps: tuple[Callable[[str], str], ...]) -> str:
    """Steps are repeated until nothing changes; ValueError where they run in a circle."""
    seen = [character]
    while True:
        latest = seen[-1]
        for step in steps:
            latest = step(latest)
        if latest == seen[-1]:
            return latest
        if latest in seen:
            raise ValueError(f"folding runs in a circle: {' '.join([*seen, latest])}")
        seen.append(latest)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    (DATA / "fold.txt").write_text(render(build()), "ascii")
