"""Lines are found alike whatever the network runs on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from baoguan.doctor import examine
from baoguan.errors import EngineMissing
from baoguan.model import Scan
from baoguan.ocr import Options, read_scan
from baoguan.ocr.engines import RUNTIMES
from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.sheet import Sheet
from baoguan.settings import load_settings
from tests.scans import in_columns, written

SCAN = Scan("0" * 64, 0, "jiang-1956-05-01-a", (1,))
TEXTS = ["江上早报记者", "昨日到埠之船"]


@pytest.fixture(params=[written, in_columns])
def pixels(request: pytest.FixtureRequest) -> np.ndarray:
    return np.asarray(request.param(TEXTS))


def test_a_page_reads_the_same_on_every_runtime(pixels: np.ndarray) -> None:
    (one,), (other,) = (
        read_scan(pixels, SCAN, Options(quality="fast", runtime=name)) for name in RUNTIMES
    )
    assert set("".join(TEXTS)) == set("".join(one.text.split()))
    assert one.text == other.text


def test_the_map_of_text_is_the_same_but_for_rounding(pixels: np.ndarray) -> None:
    one, other = (RapidOcr("fast", runtime=name).find(Sheet(pixels))[1] for name in RUNTIMES)
    assert one.max() > 0.9
    assert np.abs(one - other).mean() < 0.002
    assert ((one > 0.3) != (other > 0.3)).mean() < 0.005


@pytest.mark.parametrize("engine", ["rapidocr", "tesseract"])
def test_a_page_tells_what_its_lines_were_found_on(engine: str) -> None:
    pixels = np.asarray(written(TEXTS))
    (page,) = read_scan(pixels, SCAN, Options(engine, "fast", runtime="openvino"))
    assert str(page.provenance[-1].settings["lines found on"]).startswith("openvino 2")


def test_a_runtime_that_is_not_installed_is_said_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(EngineMissing, match=r"baoguan\[openvino\]"):
        RapidOcr("fast", runtime="openvino")


def test_openvino_sends_nothing_to_its_makers(tmp_path: Path) -> None:
    ask = (
        "import sys; from baoguan.ocr.engines.rapidocr import RapidOcr;"
        "RapidOcr('fast', runtime='openvino');"
        "print([name for name in sys.modules if name.startswith('openvino_telemetry.')])"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask],
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "[]\n"
    assert not (tmp_path / "intel").exists()


def test_no_runtime_is_loaded_before_a_page_is_read() -> None:
    ask = "import sys, baoguan.ocr; print({'onnxruntime', 'openvino'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"


def test_a_runtime_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="runtime"):
        Options(runtime="abacus")


@pytest.mark.parametrize("runtime", ["onnxruntime", "openvino"])
def test_the_doctor_asks_for_openvino_where_lines_are_found_on_it(
    runtime: str, tmp_path: Path
) -> None:
    checks = examine(load_settings(tmp_path, runtime=runtime))
    (check,) = (check for check in checks if check.name.startswith("OpenVINO"))
    assert check.needed is (runtime == "openvino")
