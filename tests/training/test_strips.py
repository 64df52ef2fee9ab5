"""Lines to train on, as the reader would cut and squeeze them. What needs torch is checked by
`make train-check`."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from baoguan.ocr.engines.rapidocr import HEIGHT
from press.oldtype import CASES
from training import strips
from training.strips import KINDS, Sample, samples
from training.texts import MARKS, Texts, load_texts


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts(None)


@pytest.fixture(autouse=True)
def _two_packages_of_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the faces that the samples are set in."""
    noto = [case for case in CASES if case.package.startswith("fonts-noto-cjk")]
    assert {case.style for case in noto} == {case.style for case in CASES}
    monkeypatch.setattr(strips, "CASES", noto)


def some(texts: Texts, count: int, start: int = 0) -> list[Sample]:
    alphabet = ["", *sorted(texts.characters), " "]
    return list(itertools.islice(samples(texts, alphabet, 3, start), count))


def test_strips_are_as_the_recogniser_gets_them(texts: Texts) -> None:
    made = some(texts, 40)
    for sample in made:
        assert sample.image.shape[0] == HEIGHT
        assert sample.image.dtype == np.float32
        assert -1 <= sample.image.min() <= sample.image.max() <= 1
        assert sample.text
        assert set(sample.text) <= texts.characters | {" "}
    assert {sample.kind for sample in made} <= set(KINDS)


def test_a_stream_goes_on_where_it_was_left(texts: Texts) -> None:
    whole = some(texts, 8)
    rest = some(texts, 4, whole[3].number + 1)
    assert [s.text for s in rest] == [s.text for s in whole[4:]]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(rest, whole[4:], strict=True))


def test_words_and_marks_can_be_set_without_any_newspaper(texts: Texts) -> None:
    rng = np.random.default_rng(0)
    assert set(texts.words(50, False, rng)) <= texts.characters
    assert set(MARKS) <= texts.characters


def test_english_is_whole_words_as_far_as_they_fit(texts: Texts) -> None:
    said = texts.latin(40, np.random.default_rng(1))
    assert 0 < len(said) <= 40
    assert set(said.split()) <= set(texts.english)
