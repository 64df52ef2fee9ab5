from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from baoguan.errors import (
    Damaged,
    EmptyFile,
    InputError,
    TooLarge,
    UnknownFormat,
    Unreadable,
)
from baoguan.ingest import Limits, decode, inspect
from tests.scans import bomb, grey

LIMITS = Limits(megapixels=50, frames=10, pdf_dpi=100)
SAVED = {
    "grey.jpg": ("L", {"quality": 90}),
    "colour.jpg": ("RGB", {"quality": 90}),
    "cmyk.jpg": ("CMYK", {}),
    "grey.png": ("L", {}),
    "palette.png": ("P", {}),
    "clear.png": ("RGBA", {}),
    "bitonal.tif": ("1", {"compression": "group4"}),
    "grey.tif": ("L", {"compression": "tiff_lzw"}),
    "deep.tif": ("I;16", {}),
    "colour.jp2": ("RGB", {}),
}


def save(path: Path, mode: str, options: dict[str, object]) -> Path:
    image = grey()
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    else:
        image = image.convert(mode)
    image.save(path, **options)
    return path


def a_pdf(path: Path, pages: int = 2) -> Path:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(360, 144)
    document.save(path)
    document.close()
    return path


@pytest.mark.parametrize("name", SAVED)
def test_every_kind_of_scan_is_taken_and_looks_alike(name: str, tmp_path: Path) -> None:
    path = save(tmp_path / name, *SAVED[name])
    (frame,) = inspect(path, LIMITS).frames
    assert (frame.width, frame.height) == (320, 240)
    pixels = decode(path)
    assert pixels.dtype == np.uint8
    assert pixels.shape[:2] == (240, 320)
    assert pixels[75:105, 90:150].mean() < 60
    assert pixels[150:, 200:].mean() > 180


def test_a_tiff_of_several_pages_has_as_many_frames(tmp_path: Path) -> None:
    path = tmp_path / "many.tif"
    grey().save(path, save_all=True, append_images=[grey(100, 50), grey(60, 80)])
    assert [(f.width, f.height) for f in inspect(path, LIMITS).frames] == [
        (320, 240),
        (100, 50),
        (60, 80),
    ]
    assert decode(path, 2).shape == (80, 60)


def test_a_pdf_is_drawn_at_the_resolution_asked_for(tmp_path: Path) -> None:
    path = a_pdf(tmp_path / "two.pdf")
    found = inspect(path, LIMITS)
    assert found.format == "PDF"
    assert [(f.width, f.height, f.dpi) for f in found.frames] == [(500, 200, 100.0)] * 2
    assert decode(path, 1, pdf_dpi=100).shape == (200, 500, 3)


def test_the_resolution_is_read_where_it_is_told(tmp_path: Path) -> None:
    grey().save(tmp_path / "a.tif", dpi=(400, 400))
    assert inspect(tmp_path / "a.tif", LIMITS).frames[0].dpi == 400


def test_a_turned_photograph_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    grey().save(tmp_path / "turned.jpg", exif=exif)
    (frame,) = inspect(tmp_path / "turned.jpg", LIMITS).frames
    assert (frame.width, frame.height) == (240, 320)
    assert decode(tmp_path / "turned.jpg").shape == (320, 240)


def test_what_cannot_be_a_scan_says_why(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("a letter to the editor")
    with pytest.raises(UnknownFormat, match="a letter"):
        inspect(tmp_path / "text.jpg", LIMITS)
    (tmp_path / "zero.png").touch()
    with pytest.raises(EmptyFile):
        inspect(tmp_path / "zero.png", LIMITS)
    with pytest.raises(Unreadable):
        inspect(tmp_path / "none.png", LIMITS)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb(tmp_path / "bomb.png", 8000)
    with pytest.raises(TooLarge, match="8000 × 8000"):
        inspect(tmp_path / "bomb.png", LIMITS)


def test_too_many_frames_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match="11 pages"):
        inspect(a_pdf(tmp_path / "long.pdf", 11), LIMITS)


@pytest.mark.parametrize("name", ["grey.jpg", "grey.tif", "bitonal.tif", "colour.jp2", "grey.png"])
def test_a_file_that_breaks_off_is_damaged(name: str, tmp_path: Path) -> None:
    whole = save(tmp_path / name, *SAVED[name]).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Damaged, match=name):
        inspect(tmp_path / name, LIMITS)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_bytes_end_in_frames_or_in_an_error_of_ours(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    name = data.draw(st.sampled_from(sorted(SAVED)))
    content = bytearray(save(folder / name, *SAVED[name]).read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    (folder / name).write_bytes(content)
    with suppress(InputError):
        assert inspect(folder / name, LIMITS).frames
