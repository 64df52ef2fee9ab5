from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import pyvips
from PIL import Image

from baoguan.ingest import decode
from baoguan.ingest.pyramid import pyramid
from tests.ingest.test_inspection import SAVED, a_pdf, save
from tests.scans import grey


@pytest.mark.parametrize("name", SAVED)
def test_the_tiles_show_what_is_read(name: str, tmp_path: Path) -> None:
    source = save(tmp_path / name, *SAVED[name])
    shown = pyvips.Image.new_from_file(str(pyramid(source, 0, tmp_path / "p" / "0.tif"))).numpy()
    read = decode(source)
    assert shown.shape[:2] == read.shape[:2]
    shown, read = (a if a.ndim == 2 else a.mean(axis=2) for a in (shown, read))
    assert np.abs(shown.squeeze() - read.astype(float)).mean() < 6


def test_a_turned_photograph_is_shown_as_it_is_read(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    grey().save(tmp_path / "turned.jpg", exif=exif)
    made = pyvips.Image.new_from_file(
        str(pyramid(tmp_path / "turned.jpg", 0, tmp_path / "turned.tif"))
    )
    assert (made.width, made.height) == (240, 320)


def test_a_page_of_a_pdf_has_tiles_too(tmp_path: Path) -> None:
    source = a_pdf(tmp_path / "two.pdf")
    made = pyvips.Image.new_from_file(str(pyramid(source, 1, tmp_path / "1.tif", pdf_dpi=100)))
    assert (made.width, made.height) == (500, 200)


def test_a_damaged_master_leaves_nothing_half_made(tmp_path: Path) -> None:
    whole = save(tmp_path / "grey.jpg", *SAVED["grey.jpg"]).read_bytes()
    (tmp_path / "grey.jpg").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(OSError, match="truncated"):
        pyramid(tmp_path / "grey.jpg", 0, tmp_path / "made" / "0.tif")
    assert not (tmp_path / "made").exists()
