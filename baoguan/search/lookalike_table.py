"""Writes the table of look-alikes, `data/lookalikes.txt`:  python -m baoguan.search.lookalike_table

Needs the font Noto Serif CJK (OFL 1.1; Debian: fonts-noto-cjk), whose style is that of newspapers.
Method: each character of Big5 level 1 is drawn in its Traditional form, each of GB 2312 level 1 in
its Simplified form, SIZE pixels high, blurred by BLUR pixels and reduced, as print and scan do.
Two characters of one set look alike where the correlation of their pictures is at least LEAST; of
these the best MOST are kept, in both directions. At last both are folded, as texts are.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from baoguan.search.fold import fold

TABLE = Path(__file__).with_name("data") / "lookalikes.txt"
FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
_SIMPLIFIED_FACE, _TRADITIONAL_FACE = 2, 3  # within the collection
SIZE, BLUR, REDUCED = 64, 1.5, 32  # pixels
LEAST, MOST = 0.7, 5
_HEADER = """\
# Characters that look alike in print, after folding: first the character, then those most like it.
# Written by `python -m baoguan.search.lookalike_table`, which tells the method; do not edit.
# Drawn with Noto Serif CJK (SIL Open Font License 1.1).
"""

Pair = tuple[str, str, float]  # two characters and how alike they are, 0 to 1


def big5_level_1() -> list[str]:
    """The 5,401 frequent Traditional characters."""
    return _decoded("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])


def gb2312_level_1() -> list[str]:
    """The 3,755 frequent Simplified characters."""
    return _decoded("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))


def pictures(characters: Sequence[str], face: int) -> npt.NDArray[np.float32]:
    """One row for each character: its picture, of mean 0 and length 1."""
    font = ImageFont.truetype(str(FONT), SIZE, index=face)
    rows = np.stack([_picture(character, font).ravel() for character in characters])
    rows -= rows.mean(axis=1, keepdims=True)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def alike(characters: Sequence[str], face: int) -> Iterator[Pair]:
    """The pairs of `characters` that look alike, each character with its best."""
    rows = pictures(characters, face)
    likeness = rows @ rows.T
    np.fill_diagonal(likeness, -1)
    for index, best in enumerate(np.argsort(-likeness, axis=1)[:, :MOST]):
        for other in best:
            if likeness[index, other] >= LEAST:
                yield characters[index], characters[other], float(likeness[index, other])


def folded(pairs: Iterator[Pair]) -> dict[str, list[str]]:
    """Each folded character and its look-alikes, the best first, at most MOST."""
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for one, other, likeness in pairs:
        for a, b in ((fold(one), fold(other)), (fold(other), fold(one))):
            if a != b:
                best[a][b] = max(likeness, best[a].get(b, 0))
    return {
        character: sorted(others, key=lambda c: (-others[c], c))[:MOST]
        for character, others in sorted(best.items())
    }


def render(table: dict[str, list[str]]) -> str:
    return _HEADER + "".join(f"{key}{''.join(others)}\n" for key, others in table.items())


def _decoded(encoding: str, leads: Sequence[int], trails: Sequence[int]) -> list[str]:
    both = (bytes((lead, trail)).decode(encoding, "ignore") for lead in leads for trail in trails)
    return [character for character in both if "\u4e00" <= character <= "\u9fff"]


def _picture(character: str, font: ImageFont.FreeTypeFont) -> npt.NDArray[np.float32]:
    image = Image.new("L", (SIZE, SIZE))
    ImageDraw.Draw(image).text((SIZE / 2, SIZE / 2), character, 255, font, anchor="mm")
    blurred = image.filter(ImageFilter.GaussianBlur(BLUR))
    return np.asarray(blurred.resize((REDUCED, REDUCED)), np.float32)


def _pairs() -> Iterator[Pair]:
    yield from alike(big5_level_1(), _TRADITIONAL_FACE)
    yield from alike(gb2312_level_1(), _SIMPLIFIED_FACE)


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    TABLE.write_text(render(folded(_pairs())), "utf-8")
