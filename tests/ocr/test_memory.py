"""How much memory a worker takes on a page of 60 megapixels."""

from __future__ import annotations

import subprocess
import sys

LIMIT = 1500  # MB
READ = """
import resource
import numpy as np
from baoguan.model import Scan
from baoguan.ocr import Options, read_scan
from baoguan.ocr.engines.rapidocr import RapidOcr

# The networks see one tile at a time whatever the page: they are loaded, and left out to save time.
RapidOcr._detect = lambda self, batch: np.zeros(batch.shape[2:], np.float32)
pixels = np.full((9000, 6700, 3), 240, np.uint8)
pixels[200:8800:60, 300:6400] = 20
pixels[200:8800, 300:6400:700] = 20
read_scan(pixels, Scan("0" * 64, 0, "a-undated-a", (1,)), Options(quality="best"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000)
"""


def test_a_page_of_60_megapixels_is_read_in_the_memory_of_a_small_machine() -> None:
    told = subprocess.run(
        [sys.executable, "-c", READ], capture_output=True, text=True, check=True, timeout=300
    )
    assert int(told.stdout) < LIMIT
