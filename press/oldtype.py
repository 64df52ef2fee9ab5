"""Type cases for lines to train on: old-style Ming first, then faces of headlines and adverts.

Every face is a Debian package. A font's own metrics differ from foundry to foundry, so a glyph is
put where the middle of 國 says that the middle of the em is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from PIL import Image, ImageDraw, ImageFont

from press.fonts import FOLDERS, FontMissing

NOWHERE = "\U000f1234"  # in no font: what it draws is the sign for a missing glyph
MIDDLE = "國国田中"  # the first of these that a font has shows where its em lies


@dataclass(frozen=True, slots=True)
class Case:
    """`style` is body, bold, display, modern or latin; `weight` how often it is taken."""

    file: str
    package: str
    licence: str
    style: str
    weight: float
    member: int = 0


OFL, ARPHIC, IPA, CWTEX = "OFL-1.1", "Arphic-1999", "IPA", "GPL-2+"
CASES = (
    Case("OradanoGSRR.ttf", "fonts-oradano-mincho-gsrr", "own: free for any use", "body", 5),
    Case("dejima-mincho-r227.ttf", "fonts-dejima-mincho", "MIT", "body", 3),
    Case("cwming.ttf", "fonts-cwtex-ming", CWTEX, "body", 5),
    Case("uming.ttc", "fonts-arphic-uming", ARPHIC, "body", 3, 2),
    Case("bsmi00lp.ttf", "fonts-arphic-bsmi00lp", ARPHIC, "body", 3),
    Case("ipamjm.ttf", "fonts-ipamj-mincho", IPA, "body", 3),
    Case("ipaexm.ttf", "fonts-ipaexfont-mincho", IPA, "body", 2),
    Case("HanaMinA.ttf", "fonts-hanazono", "Hanazono or OFL-1.1", "body", 1),
    Case("NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", OFL, "body", 2, 0),
    Case("NotoSerifCJK-Medium.ttc", "fonts-noto-cjk-extra", OFL, "body", 3, 0),
    Case("NotoSerifCJK-SemiBold.ttc", "fonts-noto-cjk-extra", OFL, "body", 3, 0),
    Case("NotoSerifCJK-Medium.ttc", "fonts-noto-cjk-extra", OFL, "body", 2, 3),
    Case("NotoSerifCJK-Bold.ttc", "fonts-noto-cjk", OFL, "bold", 3, 0),
    Case("NotoSerifCJK-Black.ttc", "fonts-noto-cjk-extra", OFL, "bold", 3, 0),
    Case("NotoSansCJK-Bold.ttc", "fonts-noto-cjk", OFL, "bold", 1, 0),
    Case("cwheib.ttf", "fonts-cwtex-heib", CWTEX, "bold", 2),
    Case("cwfs.ttf", "fonts-cwtex-fs", CWTEX, "display", 2),
    Case("cwkai.ttf", "fonts-cwtex-kai", CWTEX, "display", 2),
    Case("ukai.ttc", "fonts-arphic-ukai", ARPHIC, "display", 1, 2),
    Case("bkai00mp.ttf", "fonts-arphic-bkai00mp", ARPHIC, "display", 1),
    Case("NotoSansCJK-Medium.ttc", "fonts-noto-cjk-extra", OFL, "display", 1, 0),
    Case("NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", OFL, "modern", 3, 2),
    Case("NotoSansCJK-Regular.ttc", "fonts-noto-cjk", OFL, "modern", 3, 2),
    Case("NotoSansCJK-Bold.ttc", "fonts-noto-cjk", OFL, "modern", 1, 2),
    Case("NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", OFL, "modern", 2, 3),
    Case("gbsn00lp.ttf", "fonts-arphic-gbsn00lp", ARPHIC, "modern", 1),
    Case("OldStandard-Regular.ttf", "fonts-oldstandard", "OFL-1.0", "latin", 2),
    Case("OldStandard-Bold.ttf", "fonts-oldstandard", "OFL-1.0", "latin", 1),
    Case("NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", OFL, "latin", 1, 2),
    Case("NotoSansCJK-Regular.ttc", "fonts-noto-cjk", OFL, "latin", 1, 2),
)


@lru_cache(256)  # an open face takes a megabyte
def type_of(case: Case, size: int) -> ImageFont.FreeTypeFont:
    """Raises FontMissing, which names the package."""
    for folder in FOLDERS:
        for path in sorted(folder.rglob(case.file)):
            return ImageFont.truetype(
                str(path), size, case.member, layout_engine=ImageFont.Layout.BASIC
            )
    raise FontMissing(f"{case.file} not found: install the Debian package {case.package}")


@cache
def has(case: Case, char: str) -> bool:
    """Whether the face draws this character."""
    if char.isspace():
        return True
    drawn, missing = (_small(case, c) for c in (char, NOWHERE))
    return drawn != missing and any(drawn)


@cache
def _small(case: Case, char: str) -> bytes:
    return _drawn(case, char, 24, 0, 0).tobytes()


@lru_cache(4096)
def glyph(case: Case, char: str, size: int) -> Image.Image:
    """The character in the middle of a square of one and a half em; L, 255 is ink."""
    dx, dy = _shift(case, size)
    return _drawn(case, char, size, dx, dy)


def _drawn(case: Case, char: str, size: int, dx: int, dy: int) -> Image.Image:
    image = Image.new("L", (size + size // 2, size + size // 2), 0)
    font = type_of(case, size)
    ImageDraw.Draw(image).text(
        (size // 4 + dx, size // 4 + round(0.88 * size) + dy), char, 255, font, anchor="ls"
    )
    return image


@cache
def _shift(case: Case, size: int) -> tuple[int, int]:
    middle = next((c for c in MIDDLE if has(case, c)), None)
    box = _drawn(case, middle, size, 0, 0).getbbox() if middle else None
    if box is None:
        return 0, 0
    side = size + size // 2
    return round((side - box[0] - box[2]) / 2), round((side - box[1] - box[3]) / 2)
