"""Is this file a scan that we can keep? Its format by content, its frames, decoded to the end."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from baoguan.errors import Damaged, EmptyFile, Encrypted, TooLarge, UnknownFormat, Unreadable
from baoguan.ingest.decode import decode, open_image, pdf_pixels

MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"\0\0\0\x0cjP  ", "JPEG2000"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    megapixels: int
    frames: int
    pdf_dpi: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One page of pixels in a file; dpi is None where the file does not tell."""

    width: int
    height: int
    dpi: float | None


@dataclass(frozen=True, slots=True)
class Inspection:
    format: str
    frames: tuple[Frame, ...]


def inspect(path: Path, limits: Limits) -> Inspection:
    """Decode every frame once. Raises Unreadable, EmptyFile, UnknownFormat, Damaged, TooLarge or
    Encrypted.
    """
    format_ = format_of(path)
    with damage(path):
        frames = _pdf_frames(path, limits) if format_ == "PDF" else _image_frames(path, limits)
        for index in range(len(frames)):
            decode(path, index, pdf_dpi=limits.pdf_dpi)
    return Inspection(format_, frames)


def format_of(path: Path) -> str:
    """TIFF, JPEG, PNG, JPEG2000 or PDF, from the first bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error
    if not head:
        raise EmptyFile(f"{path} is empty")
    if b"%PDF-" in head:
        return "PDF"
    for magic, format_ in MAGIC:
        if head.startswith(magic):
            return format_
    raise UnknownFormat(f"{path} is not a scan: it begins with {_shown(head)}")


@contextmanager
def damage(path: Path) -> Iterator[None]:
    """Turn what decoders raise into Damaged.

    Pillow lets TypeError, KeyError, ZeroDivisionError and others through on broken files, so
    anything but our own errors and a lack of memory counts as damage here.
    """
    try:
        yield
    except (Unreadable, EmptyFile, UnknownFormat, Damaged, TooLarge, Encrypted, MemoryError):
        raise
    except Exception as error:
        raise Damaged(f"{path} cannot be decoded to the end: {error}") from error


def _image_frames(path: Path, limits: Limits) -> tuple[Frame, ...]:
    with open_image(path) as image:
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if count > limits.frames:
            raise TooLarge(f"{path} has {count} frames, more than {limits.frames}")
        frames = []
        for index in range(count):
            image.seek(index)
            width, height = _upright_size(image)
            _check_size(path, width, height, limits)
            frames.append(Frame(width, height, _dpi(image)))
    return tuple(frames)


def _pdf_frames(path: Path, limits: Limits) -> tuple[Frame, ...]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Encrypted(f"{path} is protected by a password") from error
        raise
    with document:
        if len(document) > limits.frames:
            raise TooLarge(f"{path} has {len(document)} pages, more than {limits.frames}")
        frames = []
        for page in document:
            width, height = pdf_pixels(page, limits.pdf_dpi)
            _check_size(path, width, height, limits)
            frames.append(Frame(width, height, float(limits.pdf_dpi)))
        if not frames:
            raise Damaged(f"{path} has no pages")
    return tuple(frames)


def _check_size(path: Path, width: int, height: int, limits: Limits) -> None:
    if width * height > limits.megapixels * 1_000_000:
        raise TooLarge(
            f"{path} has {width} × {height} pixels, more than {limits.megapixels} megapixels"
        )


def _upright_size(image: Image.Image) -> tuple[int, int]:
    turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return (image.height, image.width) if turned else (image.width, image.height)


def _dpi(image: Image.Image) -> float | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dpi = image.info.get("dpi")
    return float(dpi[0]) if dpi and float(dpi[0]) > 1 else None


def _shown(head: bytes) -> str:
    return repr(head[:24].decode("ascii", "backslashreplace"))
