"""python -m baoguan.ui.subset_fonts [FOLDER …]: make the fonts that are served with the pages.

They hold the characters of the interface and of the texts (TOML) in the folders given, cut from
the system's Noto Serif CJK, so that a machine without Chinese fonts still shows the pages. Needs
fontTools and brotli.
"""

from __future__ import annotations

import argparse
import string
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).parent
TARGET = HERE / "assets" / "fonts"
SYSTEM = Path("/usr/share/fonts/opentype/noto")
FACES = {400: "NotoSerifCJK-Regular.ttc", 900: "NotoSerifCJK-Black.ttc"}
SCRIPTS = {"sc": "Noto Serif CJK SC", "tc": "Noto Serif CJK TC"}
ALWAYS = (
    string.printable
    + "，。、；：？！「」『』（）《》〈〉…—·“”‘’→〇一二三四五六七八九十百千年月日年期版"
)
FEATURES = ["kern", "liga", "locl", "vert", "vrt2", "chws", "vchw", "halt", "vhal", "palt"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="baoguan.ui.subset_fonts")
    parser.add_argument("folders", nargs="*", type=Path)
    wanted = characters(parser.parse_args().folders)
    TARGET.mkdir(exist_ok=True)
    rules = [_face(script, weight, wanted) for script in SCRIPTS for weight in FACES]
    (TARGET / "fonts.css").write_text("\n".join(rules) + "\n", "utf-8")
    size = sum(file.stat().st_size for file in TARGET.glob("*.woff2"))
    print(f"{len(wanted)} characters, {size / 1e6:.2f} MB")


def characters(folders: Iterable[Path]) -> frozenset[str]:
    """Every character that our pages and these folders' texts need."""
    files = [*HERE.rglob("*.po"), *HERE.rglob("*.py"), *HERE.rglob("*.js")]
    files += [file for folder in folders for file in folder.rglob("*.toml")]
    texts = (file.read_text("utf-8") for file in files)
    return frozenset("".join(texts) + ALWAYS) - frozenset(map(chr, range(32)))


def _face(script: str, weight: int, wanted: frozenset[str]) -> str:
    name = f"baoguan-song-{script}-{weight}.woff2"
    font = _open(SYSTEM / FACES[weight], SCRIPTS[script])
    have = sorted(ord(c) for c in wanted if ord(c) in font.getBestCmap())
    options = subset.Options(
        flavor="woff2",
        layout_features=FEATURES,
        hinting=False,
        name_IDs=[0, 1, 2, 13, 14],
        notdef_outline=True,
        desubroutinize=True,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=have)
    cutter.subset(font)
    subset.save_font(font, str(TARGET / name), options)
    return (
        f'@font-face {{ font-family: "Baoguan Song {script.upper()}"; font-weight: {weight}; '
        f'font-display: swap; src: url("{name}") format("woff2"); '
        f"unicode-range: {_ranges(have)}; }}"
    )


def _open(file: Path, family: str) -> TTFont:
    for font in TTCollection(str(file)).fonts:
        if font["name"].getDebugName(1).startswith(family):
            return font
    raise SystemExit(f"{file} holds no {family}")


def _ranges(points: list[int]) -> str:
    """Code points as CSS ranges."""
    runs = []
    for _, run in groupby(enumerate(points), key=lambda pair: pair[1] - pair[0]):
        members = [point for _, point in run]
        first, last = members[0], members[-1]
        runs.append(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}")
    return ", ".join(runs)


if __name__ == "__main__":
    main()
