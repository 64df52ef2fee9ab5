from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.errors import UsageError
from baoguan.evaluate import (
    Overlap,
    diplomatic,
    edit_distance,
    evaluate,
    folded,
    overall,
    read_truth,
    summed,
)
from baoguan.revisions import page_to_json
from tests.pages import vertical_page

words = st.text("甲乙丙丁ab", max_size=12)
PAGE = "jb-1939-04-23-a-p0001"


def plain_distance(one: str, other: str) -> int:
    """The textbook's recursion, row by row."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


@given(words, words)
def test_the_distance_is_the_textbooks(one: str, other: str) -> None:
    assert edit_distance(one, other) == plain_distance(one, other)


@given(words, words)
def test_anywhere_is_the_best_part(needle: str, hay: str) -> None:
    parts = {hay[i:j] for i in range(len(hay) + 1) for j in range(i, len(hay) + 1)}
    best = min(plain_distance(needle, part) for part in parts)
    assert edit_distance(needle, hay, anywhere=True) == best


def test_a_page_read_without_fault_scores_nothing() -> None:
    page = vertical_page()
    result = evaluate(page, page)
    for score in (result.diplomatic, result.folded):
        assert (score.line_cer, score.order_cer, score.article_cer) == (0, 0, 0)
        assert score.characters == 28


def test_order_and_articles_are_told_apart_from_recognition() -> None:
    truth = vertical_page(PAGE, ("甲乙丙丁", "戊己庚辛"), ("子丑寅卯", "辰巳午未"))
    mixed = vertical_page(PAGE, ("甲乙丙丁", "子丑寅卯"), ("戊己庚辛", "辰巳午未"))
    score = evaluate(truth, mixed).diplomatic
    assert score.line_cer == 0
    assert score.order_cer > 0.3
    merged = vertical_page(PAGE, ("甲乙丙丁", "戊己庚辛", "子丑寅卯", "辰巳午未"))
    score = evaluate(truth, merged).diplomatic
    assert (score.line_cer, score.order_cer) == (0, 0)
    assert score.article_cer == 1


def test_a_wrong_character_costs_one() -> None:
    truth = vertical_page(PAGE, ("甲乙丙丁戊己庚辛壬癸",))
    read = vertical_page(PAGE, ("甲乙丙丁戊巳庚辛壬癸",))
    score = evaluate(truth, read).diplomatic
    assert score.line_cer == score.order_cer == score.article_cer == pytest.approx(0.1)


def test_the_two_rules_differ_in_variants_and_punctuation() -> None:
    assert diplomatic("爲 國，") == "爲國，"
    assert folded("爲 國，") == folded("为国")
    truth = vertical_page(PAGE, ("爲國爭光，",))
    result = evaluate(truth, vertical_page(PAGE, ("為國爭光",)))
    assert result.folded.line_cer == 0
    assert result.diplomatic.line_cer == pytest.approx(0.4)


def test_overall_weighs_characters_and_not_pages() -> None:
    truth = vertical_page(PAGE, ("甲乙丙丁戊己庚辛壬癸",))
    right = evaluate(truth, truth).diplomatic
    wrong = replace(right, characters=30, line_cer=1.0)
    assert overall([right, wrong]).line_cer == pytest.approx(0.75)


def test_truth_is_read_from_files_and_folders(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path / "deep" / "jb_1939-04-23_1.truth.json"
    file.parent.mkdir()
    file.write_bytes(b"[" + page_to_json(vertical_page()) + b"]")
    assert read_truth([tmp_path]) == read_truth([file]) == (vertical_page(),)
    with pytest.raises(UsageError, match="no \\.truth"):
        read_truth([tmp_path_factory.mktemp("empty")])


def test_recall_and_precision_ask_for_no_order() -> None:
    truth = vertical_page(PAGE, ("甲乙丙丁戊",))
    score = evaluate(truth, vertical_page(PAGE, ("戊丁丙乙",))).diplomatic
    assert (score.char_recall, score.char_precision) == (pytest.approx(0.8), 1)


def test_regions_are_measured_by_class_and_by_polygon() -> None:
    truth = vertical_page()
    assert {k: o.iou for k, o in evaluate(truth, truth).regions.items()} == {
        "article": 1,
        "image": 1,
    }
    left, top, right, bottom = truth.regions[-1].box.as_tuple()
    half = replace(truth.regions[-1], polygon=((left, top), (right, top), (right, bottom)))
    read = replace(truth, regions=(*truth.regions[:-1], half))
    assert evaluate(truth, read).regions["image"].iou == pytest.approx(0.5, abs=0.03)


def test_pages_are_summed_by_pixels_and_by_characters_read() -> None:
    assert summed([{"image": Overlap(1, 1)}, {"image": Overlap(0, 3)}])["image"].iou == 0.25
    truth = vertical_page(PAGE, ("甲乙丙丁戊己庚辛壬癸",))
    score = evaluate(truth, truth).diplomatic
    assert overall([score, replace(score, found=30, char_precision=0)]).char_precision == 0.25
