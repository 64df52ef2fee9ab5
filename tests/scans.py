"""Small scans in every form that is accepted, and some that are not."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")


def grey(width: int = 320, height: int = 240, seed: int = 0) -> Image.Image:
    """Paper of a tone of its own, so that each seed gives other bytes, with a bar of ink."""
    values = np.full((height, width), 215 + seed % 40, np.uint8)
    values[height // 4 : height // 2, width // 4 : width // 2] = 20
    values[0, : min(width, 1 + seed)] = 0
    return Image.fromarray(values)


def bomb(path: Path, side: int = 40_000) -> None:
    """A PNG of `side` × `side` white pixels in some kilobytes."""
    packed = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (side // 8)
    data = b"".join(packed.compress(row) for _ in range(side)) + packed.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def written(lines: list[str], size: tuple[int, int] = (900, 500)) -> Image.Image:
    """Horizontal lines of print, 32 px, on white."""
    image = Image.new("L", size, 245)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 32, index=2)
    for number, line in enumerate(lines):
        draw.text((60, 60 + number * 48), line, font=font, fill=15)
    return image


def in_columns(lines: list[str], size: tuple[int, int] = (500, 700)) -> Image.Image:
    """Vertical lines of print, 32 px, from right to left on white."""
    placed = ((line, size[0] - 110 - number * 52, 60, 32) for number, line in enumerate(lines))
    return columns_at(*placed, size=size, pitch=1.125)


def columns_at(
    *said: tuple[str, int, int, int], size: tuple[int, int] = (420, 560), pitch: float = 1.05
) -> Image.Image:
    """Vertical lines of print on white: what, left, top and side of its characters."""
    image = Image.new("L", size, 245)
    draw = ImageDraw.Draw(image)
    for text, left, top, side in said:
        font = ImageFont.truetype(str(FONT), side, index=3)
        for at, char in enumerate(text):
            draw.text((left, top + at * round(pitch * side)), char, font=font, fill=15)
    return image
