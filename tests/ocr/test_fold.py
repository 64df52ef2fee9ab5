from __future__ import annotations

import numpy as np
import pytest

from baoguan.ocr.fold import gutter, number_on_left, split


def fold(at_top: int, at_foot: int) -> np.ndarray:
    """Two blocks of print with a white line between them."""
    image = np.full((800, 1200), 250, np.uint8)
    rng = np.random.default_rng(0)
    image[60:740, 60:1140] = np.where(rng.random((680, 1080)) < 0.3, 20, 250)
    for row, x in enumerate(np.linspace(at_top, at_foot, 800)):
        image[row, round(x) - 12 : round(x) + 12] = 250
    return image


@pytest.mark.parametrize(("top", "foot"), [(600, 600), (560, 560), (605, 593), (640, 648)])
def test_the_gutter_is_found_also_where_it_is_slanted(top: int, foot: int) -> None:
    at_top, at_foot = gutter(fold(top, foot))
    assert abs(at_top - top) < 14
    assert abs(at_foot - foot) < 14


def test_the_halves_of_a_fold_tell_where_they_lie() -> None:
    left, right = split(fold(600, 600))
    assert left.part is not None
    assert right.part is not None
    assert left.part.left == 0
    assert right.part.right == 1200
    assert right.to_master.point(0, 0) == (right.part.left, 0)


@pytest.mark.parametrize(
    ("numbers", "right_to_left", "left"),
    [
        ((1, 4), True, 1),
        ((2, 3), True, 3),
        ((4, 1), False, 4),
        ((2, 3), False, 2),
        ((1, 3), True, 3),
    ],
)
def test_odd_pages_are_on_the_left_of_a_paper_bound_right_to_left(
    numbers: tuple[int, int], right_to_left: bool, left: int
) -> None:
    assert number_on_left(numbers, right_to_left) == left
