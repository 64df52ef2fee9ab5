"""Type lands in its cell, and points and brackets stand as they should in vertical lines."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from baoguan.model import ArticleKind, Direction, RegionKind
from press import fonts
from press.fonts import Face, FontMissing, Script, font
from press.printing import print_page
from press.setting import Type, place
from press.sheet import Rect, SetArticle, SetPage, SetRegion

SIZE = 60
TYPE = Type(Face.SONG, Script.TRADITIONAL, SIZE)

try:
    font(Face.SONG, Script.TRADITIONAL, SIZE)
except FontMissing as missing:
    pytest.skip(str(missing), allow_module_level=True)


def cell(text: str, direction: Direction) -> NDArray[np.float64]:
    """The ink, 0 to 1, within and 20 pixels around the cell of one character."""
    line = place(text, direction, 20, 20, TYPE)
    region = SetRegion(RegionKind.TEXT, Rect(20, 20, 80, 80), direction, (line,))
    article = SetArticle("one", ArticleKind.ARTICLE, "", (region,))
    page = SetPage(1, 100, 100, direction, (article,))
    image = print_page(page, seed=1, colour=False).convert("L")
    return 1 - np.asarray(image).astype(float) / 255


def centre(ink: NDArray[np.float64]) -> tuple[float, float]:
    """Of the ink, in fractions of the cell."""
    total = ink.sum()
    x = (ink.sum(axis=0) * np.arange(100)).sum() / total
    y = (ink.sum(axis=1) * np.arange(100)).sum() / total
    return (x - 20) / SIZE, (y - 20) / SIZE


@pytest.mark.parametrize("direction", [Direction.VERTICAL_RL, Direction.HORIZONTAL_LTR])
@pytest.mark.parametrize("char", list("永報國龘一「」（。，、？"))
def test_ink_stays_in_its_cell(char: str, direction: Direction) -> None:
    ink = cell(char, direction)
    assert ink[17:83, 17:83].sum() > 0.93 * ink.sum()  # the comma's tail hangs out
    assert ink.sum() > 20


@pytest.mark.parametrize("char", list("，。、"))
def test_points_stand_at_the_lower_left_in_a_row_and_at_the_upper_right_in_a_column(
    char: str,
) -> None:
    x, y = centre(cell(char, Direction.HORIZONTAL_LTR))
    assert x < 0.5 < y
    x, y = centre(cell(char, Direction.VERTICAL_RL))
    assert y < 0.5 < x


def test_brackets_open_downwards_in_a_column() -> None:
    _, opening = centre(cell("（", Direction.VERTICAL_RL))
    _, closing = centre(cell("）", Direction.VERTICAL_RL))
    assert opening > 0.5 > closing


def test_a_dash_stands_upright_in_a_column() -> None:
    row, column = cell("—", Direction.HORIZONTAL_LTR), cell("—", Direction.VERTICAL_RL)
    assert np.ptp(np.nonzero(row)[1]) > np.ptp(np.nonzero(row)[0])
    assert np.ptp(np.nonzero(column)[0]) > np.ptp(np.nonzero(column)[1])


def test_a_missing_face_is_an_error_that_names_its_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "FOLDERS", ())
    with pytest.raises(FontMissing, match="fonts-arphic-ukai"):
        font(Face.KAI, Script.TRADITIONAL, 777)
