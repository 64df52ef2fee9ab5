from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from baoguan.model import Direction, Page, Scan
from baoguan.ocr import Options, read_scan
from baoguan.ocr.lines import Strip
from baoguan.ocr.recognise import Glyph, Reading
from baoguan.ocr.sheet import Affine, Grey
from baoguan.ocr.turn import turn_of
from tests.scans import in_columns, written

ROWS = ["江上早报记者昨日在码头见到", "三艘新船同时起航前往下游", "两岸站满了送行的人们"]
COLUMNS = ["華軍反攻南昌晨三時自西北兩面", "進逼城郊敵軍退守", "寧波米價高漲昨日米市"]
ENGLISH = ["The steamer left the wharf at", "seven in the morning and was", "seen no more."]
PRINTED = {
    "rows": (written(ROWS), ROWS, Direction.HORIZONTAL_LTR),
    "columns": (in_columns(COLUMNS), COLUMNS, Direction.VERTICAL_RL),
    "English": (written(ENGLISH), ENGLISH, Direction.HORIZONTAL_LTR),
}


def read(pixels: np.ndarray, turn: str = "auto") -> Page:
    scan = Scan("0" * 64, 0, "jiang-1956-05-01-a", (1,))
    (page,) = read_scan(pixels, scan, Options(quality="fast", turn=turn))
    return page


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("name", PRINTED)
def test_print_that_lies_turned_is_read_as_if_it_stood(name: str, quarters: int) -> None:
    image, lines, direction = PRINTED[name]
    upright = np.asarray(image)
    page = read(np.ascontiguousarray(np.rot90(upright, quarters)))
    assert page.turn == 90 * quarters
    assert (page.height, page.width) == upright.shape
    assert page.direction is direction
    wrong = sum(a != b for a, b in zip(page.text, "\n".join(lines), strict=False))
    assert abs(len(page.text) - len("\n".join(lines))) <= 1
    assert wrong <= 2
    assert page.provenance[0].settings.get("turned", 0) == page.turn


def test_a_turn_that_is_told_is_not_looked_for() -> None:
    pixels = np.asarray(written(ROWS))
    assert read(pixels, turn="0").turn == 0
    assert read(np.rot90(pixels), turn="90").text == read(pixels).text


def test_both_halves_of_a_fold_change_sides_when_it_lies_on_its_head() -> None:
    fold = np.hstack([np.asarray(written([line] * 4, (700, 400))) for line in (ROWS[0], ROWS[1])])
    scan = Scan("0" * 64, 0, "jiang-1956-05-01-a", (2, 3))
    left, right = read_scan(np.ascontiguousarray(fold[::-1, ::-1]), scan, Options(quality="fast"))
    assert (left.turn, right.turn) == (180, 180)
    assert ROWS[0] in left.text
    assert ROWS[1] in right.text
    assert left.box.right <= right.box.left + 1


# -- the vote ---------------------------------------------------------------------------------


def strips(count: int, *, on_head: bool = False) -> list[Strip]:
    """Rows whose first character begins dark, or whose last ends so."""
    pixels = np.full((20, 100), 255, np.uint8)
    pixels[:, :10] = 0
    return [Strip(pixels[:, ::-1] if on_head else pixels, Affine(), down=False)] * count


def glance(images: Sequence[Grey]) -> list[Reading]:
    """Reads what begins dark; turned clockwise, that is on top."""
    return [
        Reading(tuple(Glyph("字", (i + 0.5) / 5, 0.95 if _stands(each) else 0.1) for i in range(5)))
        for each in images
    ]


def _stands(image: Grey) -> bool:
    return bool(image[-1, 0] == 0)


def test_few_strips_tell_nothing() -> None:
    assert turn_of(strips(2), glance) is None
    assert turn_of(strips(2, on_head=True), glance) is None
    assert turn_of([Strip(np.full((20, 100), 255, np.uint8), Affine(), False)] * 9, glance) is None


def test_what_most_strips_ask_for_is_done_and_nothing_where_they_disagree() -> None:
    assert turn_of([*strips(1), *strips(5, on_head=True)], glance) == 180
    assert turn_of([*strips(4), *strips(5, on_head=True)], glance) == 0
