from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from baoguan.model import Direction
from press.ecpo import Fold, Paragraph, Shape, Told
from press.folds import set_fold, write

PLACES = [(x, y) for x in (300, 2700) for y in (300, 760, 1220)]
TEXT = "春眠不覺曉處處聞啼鳥夜來風雨聲花落知多少白日依山盡黃河入海流欲窮千里目更上一層樓"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One fold: three registers of text on each page, an article in each."""
    below = tmp_path_factory.mktemp("folds")
    shapes = []
    told = []
    for n, (x, y) in enumerate(PLACES):
        corners = ((x, y), (x + 1750, y), (x + 1750, y + 444), (x, y + 444))
        shapes.append(Shape(f"s{n}", "article", corners))
        turned = TEXT[n * 5 :] + TEXT[: n * 5]
        lines = tuple((turned * 20)[i * 16 : i * 16 + 16] for i in range(50))
        told.append(
            Told("article", 3 if x < 2416 else 2, (Paragraph(lines, Direction.VERTICAL_RL),))
        )
    fold = Fold(
        "jb_0130_1920-04-06_0002+0003", dt.date(1920, 4, 6), (3, 2), tuple(told), tuple(shapes)
    )
    made = set_fold(fold, [])
    write(made, below)
    return below
