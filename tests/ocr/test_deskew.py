from __future__ import annotations

import cv2
import numpy as np
import pytest

from baoguan.ocr.deskew import deskew
from baoguan.ocr.sheet import Sheet


def rows_turned(degrees: float) -> np.ndarray:
    image = np.full((900, 900), 245, np.uint8)
    for y in range(100, 800, 40):
        image[y : y + 18, 100:800:7] = 20
    turn = cv2.getRotationMatrix2D((450, 450), -degrees, 1)
    return np.asarray(cv2.warpAffine(image, turn, (900, 900), borderValue=245), np.uint8)


@pytest.mark.parametrize("degrees", [-2.0, -0.7, 1.3])
def test_print_that_is_turned_is_turned_back(degrees: float) -> None:
    sheet = deskew(Sheet(pixels=rows_turned(degrees)))
    assert abs(sheet.skew - degrees) < 0.15
    assert abs(deskew(sheet).skew - sheet.skew) < 0.15


def test_the_middle_of_the_sheet_stays_where_it_is_on_the_master() -> None:
    sheet = deskew(Sheet(pixels=rows_turned(1.5)))
    x, y = sheet.to_master.point(450, 450)
    assert abs(x - 450) < 1
    assert abs(y - 450) < 1


def test_a_blank_sheet_is_left_alone() -> None:
    sheet = Sheet(pixels=np.full((300, 200), 255, np.uint8))
    assert deskew(sheet) is sheet
