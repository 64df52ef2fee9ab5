"""Two real folds of 1939, scored with the measure that lies beside them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from baoguan.collections.alto import alto
from baoguan.model import Page, Scan
from baoguan.ocr import read_scan

FOLDS = {"0001+0004": (1, 4), "0002+0003": (2, 3)}


def measure(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure", shared / "tools" / "score_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(pages: tuple[Page, ...], folder: Path) -> list[Path]:
    paths = []
    for page in pages:
        paths.append(folder / f"{page.id}.xml")
        paths[-1].write_bytes(alto(page, image="scan.jpg"))
    return paths


@pytest.mark.slow
@pytest.mark.parametrize("name", FOLDS)
def test_a_fold_of_1939_is_read_in_order(name: str, shared: Path, tmp_path: Path) -> None:
    stem = shared / "data" / "jingbao" / f"jb_3797_1939-04-23_{name}"
    pixels = np.asarray(Image.open(f"{stem}.jpg"))
    pages = read_scan(pixels, Scan("0" * 64, 0, "jb-1939-04-23-a", FOLDS[name]))
    found = measure(shared).score(
        written(pages, tmp_path), text=f"{stem}.text.xml", regions=f"{stem}.regions.json"
    )
    assert found["line_cer"] <= 0.1
    assert found["order_cer"] <= 0.2
    assert found["region_iou"]["article"] >= 0.88
    assert found["region_iou"]["advertisement"] >= 0.8
    if name == "0001+0004":  # what 0002+0003 has for images are headlines written with a brush
        assert found["region_iou"]["image"] >= 0.6
