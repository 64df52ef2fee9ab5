"""A frame of a master as pixels, upright by its EXIF orientation and, where its print does not
stand upright even so, by the turn that a reader has found; 8 bits, grey or RGB."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageOps

FORMATS = ("TIFF", "JPEG", "PNG", "JPEG2000")  # the decoders that foreign bytes may reach
POINTS_PER_INCH = 72

# Sizes are checked by `inspect` against the archive's own limit, which newspapers need higher.
Image.MAX_IMAGE_PIXELS = None


def open_image(path: Path) -> Image.Image:
    return Image.open(path, formats=FORMATS)


def decode(path: Path, frame: int = 0, *, pdf_dpi: int = 300, turn: int = 0) -> np.ndarray:
    """Pixels of one frame: uint8, (height, width) grey or (height, width, 3) RGB.

    `turn` is by how many degrees clockwise it is turned: 0, 90, 180 or 270.
    """
    pixels = _draw_pdf(path, frame, pdf_dpi) if is_pdf(path) else _decode_image(path, frame)
    return turned(pixels, turn)


def turned(pixels: np.ndarray, degrees: int) -> np.ndarray:
    """Turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -degrees // 90))


def is_pdf(path: Path) -> bool:
    """A PDF may begin with other bytes: the mark counts within the first 1,024."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def pdf_pixels(page: pypdfium2.PdfPage, dpi: int) -> tuple[int, int]:
    """Width and height in pixels of a PDF page drawn at `dpi`."""
    width, height = page.get_size()
    return max(1, round(width * dpi / POINTS_PER_INCH)), max(
        1, round(height * dpi / POINTS_PER_INCH)
    )


def _decode_image(path: Path, frame: int) -> np.ndarray:
    with open_image(path) as image:
        image.seek(frame)
        image.load()
        upright = ImageOps.exif_transpose(image)
    return np.asarray(_eight_bit(upright))


def _eight_bit(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "RGB"):
        return image
    if image.mode in ("1", "LA") and "transparency" not in image.info:
        return image.convert("L")
    if image.mode.startswith(("I", "F")):
        return _stretched(image)
    if image.mode in ("RGBA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(paper, rgba).convert("RGB")
    return image.convert("RGB")


def _stretched(image: Image.Image) -> Image.Image:
    """16 bits and more to 8: by the 16-bit range, or by the values met where they exceed it."""
    values = np.asarray(image, dtype=np.float32)
    low, high = min(0.0, float(values.min())), max(65535.0, float(values.max()))
    return Image.fromarray(((values - low) * (255 / (high - low))).astype(np.uint8))


def _draw_pdf(path: Path, frame: int, dpi: int) -> np.ndarray:
    with pypdfium2.PdfDocument(path) as document:
        page = document[frame]
        width, height = pdf_pixels(page, dpi)
        drawn = page.render(scale=dpi / POINTS_PER_INCH).to_pil().convert("RGB")
    return np.asarray(drawn.resize((width, height)) if drawn.size != (width, height) else drawn)
