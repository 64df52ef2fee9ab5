"""The invisible text of a PDF page: each character in its own place, in reading order.

One string for each printed line, so that no reader of the PDF has to guess which characters belong
together. A character's code stands for its text and its length along the line in steps of 1/40 em
of an empty font, which keeps the gaps between characters below what readers take for a space.
Columns are set with vertical writing; old headlines step backwards from letter to letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pikepdf
from pikepdf import Array, Dictionary, Name

from baoguan.model import Box, Direction, Line, Page

EM = 1000  # units of the font, as PDF counts widths
STEP = 25
WIDEST = 120  # steps: three ems
BRIDGED = 0.5  # ems: a gap up to this belongs to the character before it, a wider one is a space
FONT = Path(__file__).with_name("blank.ttf")
NAME = "BaoguanBlank"
CROWDED = 40_000  # codes, of 65,535
MAPPED_AT_ONCE = 100  # PDF allows no more in one bfchar section


@dataclass
class Face:
    """The codes given out so far, for horizontal or for vertical writing."""

    vertical: bool
    codes: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return "V" if self.vertical else "H"

    def code(self, text: str, steps: int) -> int:
        """The code of a text with a length along the line; codes begin at 1."""
        return self.codes.setdefault((text, steps), len(self.codes) + 1)

    def write(self, pdf: pikepdf.Pdf, font_file: pikepdf.Object) -> pikepdf.Object:
        """The Type 0 font with all codes; call when every page has been set."""
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/" + NAME),
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(_descriptor(font_file)),
            DW=EM,
            CIDToGIDMap=pdf.make_stream(self._glyphs()),
        )
        lengths = Array([1, Array(self._lengths())]) if self.codes else Array()
        descendant[Name.W2 if self.vertical else Name.W] = lengths
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name("/" + NAME),
                Encoding=Name("/Identity-" + self.name),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(_to_unicode([text for text, _ in self.codes])),
            )
        )

    def _glyphs(self) -> bytes:
        """The glyph of each code, two bytes each: where rows are set, the one of its width."""
        em = EM // STEP
        steps = (em if self.vertical else steps for _, steps in self.codes)
        return b"".join(glyph.to_bytes(2) for glyph in (0, *steps))

    def _lengths(self) -> Iterator[int]:
        for _, steps in self.codes:
            if self.vertical:  # how far down to go; where the pen stands, seen from the glyph
                yield from (-steps * STEP, EM // 2, (EM + steps * STEP) // 2)
            else:
                yield steps * STEP


@dataclass(frozen=True)
class Faces:
    """The faces that pages share, and the dictionary of fonts that they will stand in."""

    fonts: pikepdf.Object
    rows: Face = field(default_factory=lambda: Face(vertical=False))
    columns: Face = field(default_factory=lambda: Face(vertical=True))

    @property
    def crowded(self) -> bool:
        """Whether another page might need more codes than two bytes can tell apart."""
        return max(len(self.rows.codes), len(self.columns.codes)) > CROWDED

    def write(self, pdf: pikepdf.Pdf, font_file: pikepdf.Object) -> None:
        for face in (self.rows, self.columns):
            self.fonts[Name("/" + face.name)] = face.write(pdf, font_file)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A character along its line: where it begins, its length, and how far the next one is."""

    text: str
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class _Run:
    """A line as set: its face and size, where it begins, and the codes; points, y upwards."""

    face: Face
    size: float
    x: float
    y: float
    shown: str

    def content(self) -> str:
        place = f"{self.x:.2f} {self.y:.2f}"
        return f"/{self.face.name} {self.size:.2f} Tf 1 0 0 1 {place} Tm [{self.shown}] TJ"


def set_text(page: Page, scale: float, faces: Faces) -> bytes:
    """Content that sets the page's text invisibly; `scale` is points per pixel of the master."""
    parts = ["BT", "3 Tr"]
    last: _Run | None = None
    for line in (line for region in page.regions for line in region.lines if line.chars):
        face = faces.columns if line.direction.vertical else faces.rows
        run = _run(line, page.box, scale, face)
        if last and _level(last, run):
            parts.append(_parting(run, page.box.height * scale, faces.rows).content())
        parts.append(run.content())
        last = run
    return "\n".join([*parts, "ET"]).encode()


def _level(one: _Run, other: _Run) -> bool:
    """Whether PDFium would take the two for parts of one row, and put the left one first."""
    return abs(one.y - other.y) <= max(one.size, other.size)


def _parting(before: _Run, height: float, rows: Face) -> _Run:
    """A tiny space far above or below, which keeps a line from being joined to the one before."""
    y = 0.0 if before.y > height / 2 else height - 1
    return _Run(rows, 1.0, before.x, y, f"<{rows.code(' ', 1):04X}>")


def _run(line: Line, sheet: Box, scale: float, face: Face) -> _Run:
    """One size for the line, the middle of its characters' sizes across it."""
    vertical = line.direction.vertical
    size = max(1.0, median(c.box.width if vertical else c.box.height for c in line.chars))
    middle = median(c.box.centre[0 if vertical else 1] for c in line.chars)
    pieces = _pieces(line, size)
    x, y = (middle, pieces[0].start) if vertical else (pieces[0].start, middle + size / 2)
    return _Run(
        face=face,
        size=size * scale,
        x=(x - sheet.left) * scale,
        y=(sheet.bottom - y) * scale,
        shown=_shown(pieces, size, face),
    )


def _pieces(line: Line, size: float) -> list[_Piece]:
    """Each character up to the next one, unless the gap is wide or the line runs backwards."""
    ends = [
        (c.box.top, c.box.bottom) if line.direction.vertical else (c.box.left, c.box.right)
        for c in line.chars
    ]
    pieces = []
    for index, (char, (start, end)) in enumerate(zip(line.chars, ends, strict=True)):
        if line.direction is not Direction.HORIZONTAL_RTL and index + 1 < len(ends):
            following = ends[index + 1][0]
            if start < following <= end + BRIDGED * size:
                end = following
        pieces.append(_Piece(char.text, start, end - start))
    return pieces


def _shown(pieces: Sequence[_Piece], size: float, face: Face) -> str:
    """The codes, and between them what is still to go: a TJ number moves to the left, or down."""
    towards = 1 if face.vertical else -1
    parts, at = [], pieces[0].start
    for piece in pieces:
        move = round((piece.start - at) * EM / size)
        if move:
            parts.append(str(towards * move))
            at += move * size / EM
        steps = min(max(1, round(piece.length * EM / size / STEP)), WIDEST)
        parts.append(f"<{face.code(piece.text, steps):04X}>")
        at += steps * STEP * size / EM
    return "".join(parts)


def _descriptor(font_file: pikepdf.Object) -> Dictionary:
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + NAME),
        Flags=4,  # symbolic
        FontBBox=Array([0, 0, EM, EM]),
        ItalicAngle=0,
        Ascent=EM,
        Descent=0,
        CapHeight=EM,
        StemV=80,
        FontFile2=font_file,
    )


def _to_unicode(texts: Sequence[str]) -> bytes:
    """The CMap that gives codes 1, 2, … their texts."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    mapped = list(enumerate(texts, 1))
    for first in range(0, len(mapped), MAPPED_AT_ONCE):
        chunk = mapped[first : first + MAPPED_AT_ONCE]
        lines.append(f"{len(chunk)} beginbfchar")
        lines += [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in chunk
        ]
        lines.append("endbfchar")
    lines += [
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return "\n".join(lines).encode()
