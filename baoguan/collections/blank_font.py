"""Makes blank.ttf, the font of the PDFs' invisible text; fontTools is needed for that alone.

    python -m baoguan.collections.blank_font

Glyph 0 is .notdef; glyph k is k steps of STEP wide, in thousandths of the em. So a character gets
the width that it has on the scan, and a reader of the text sees no gaps. A glyph is the diagonal
of its box, there and back: it encloses nothing and leaves no ink, and yet it has a size, without
which PDFium passes columns over.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from baoguan.collections.pdf_text import EM, FONT, NAME, STEP, WIDEST

EPOCH = 2082844800  # 1970 in seconds since 1904: the same bytes whenever it is made


def blank_font() -> bytes:
    glyphs = [".notdef", *(f"blank{step}" for step in range(1, WIDEST + 1))]
    widths = [EM, *(step * STEP for step in range(1, WIDEST + 1))]
    builder = FontBuilder(EM, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({})
    builder.setupGlyf({g: _diagonal(w) for g, w in zip(glyphs, widths, strict=True)})
    builder.setupHorizontalMetrics({g: (w, 0) for g, w in zip(glyphs, widths, strict=True)})
    builder.setupHorizontalHeader(ascent=EM, descent=0)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(sTypoAscender=EM, usWinAscent=EM)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=EPOCH, modified=EPOCH)
    content = io.BytesIO()
    builder.save(content)
    return content.getvalue()


def _diagonal(width: int) -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((width, EM))
    pen.closePath()
    return pen.glyph()


if __name__ == "__main__":
    Path(FONT).write_bytes(blank_font())
