"""Which model reads what, and that a page's provenance tells it."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from baoguan.model import Scan
from baoguan.ocr import Options, read_scan
from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.lines import Strip
from baoguan.ocr.models import MODELS, RECOGNISERS
from baoguan.ocr.sheet import Affine, Sheet
from tests.scans import in_columns, written


def strip(*, down: bool) -> Strip:
    return Strip(np.asarray(written(["江上早报记者"]))[20:80, 10:300], Affine(), down)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("quality", ["best", "fast"])
def test_a_shipped_model_is_small_enough_and_named_with_its_hash(name: str, quality: str) -> None:
    file = MODELS[name][quality]
    assert file.stat().st_size <= 25_000_000
    settings = RapidOcr(quality, name).step().settings
    assert settings["recogniser"] == name
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert digest.startswith(str(settings[f"sha256 {file.name}"]))


def test_the_wheels_model_names_no_other() -> None:
    settings = RapidOcr("fast", "wheel").step().settings
    assert settings["recogniser"] == "wheel"
    files = [file for qualities in MODELS.values() for file in qualities.values()]
    assert not {f"sha256 {file.name}" for file in files} & set(settings)


def test_rows_are_read_by_the_wheels_model_whatever_reads_columns() -> None:
    row, column = strip(down=False), strip(down=True)
    ours, wheels = (RapidOcr("fast", name).read_strips([column, row]) for name in RECOGNISERS)
    assert ours[1] == wheels[1]
    assert ours[0] != wheels[0]


def test_a_page_tells_what_read_it() -> None:
    pixels = np.asarray(written(["江上早报"]))
    scan = Scan("0" * 64, 0, "jiang-1956-05-01-a", (1,))
    (page,) = read_scan(pixels, scan, Options(quality="fast", recogniser="wheel"))
    assert {"wheel"} == {s.settings["recogniser"] for s in page.provenance if s.name == "rapidocr"}


def test_a_recogniser_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="recogniser"):
        Options(recogniser="abacus")


@pytest.mark.parametrize("down", [True, False])
def test_white_type_on_black_is_read_and_boxed_like_black_on_white(down: bool) -> None:
    text = "江上早报记者"
    print_ = in_columns([text]) if down else written([text])
    black = np.array(print_)
    white = black.copy()
    band = (slice(50, 290), slice(386, 426)) if down else (slice(62, 102), slice(50, 262))
    white[band] = 255 - black[band]
    engine = RapidOcr("fast")
    (plain,), (reversed_,) = (
        engine.read_lines(Sheet(pixels=pixels, lies=0)).lines for pixels in (black, white)
    )
    assert plain.text == reversed_.text == text
    for one, other in zip(plain.chars, reversed_.chars, strict=True):
        shared = one.box.overlap(other.box)
        assert shared > 0.72 * (one.box.area + other.box.area - shared)
