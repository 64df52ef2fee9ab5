"""Single lines of type, set and aged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from press.fonts import FontMissing
from press.lines import Look, Piece, piece, settable
from press.oldtype import CASES, has, type_of
from press.worn import Age

CLEAN = Age(spread=0, uneven=0, blur=0.2, bleed=0, noise=0, tilt=0)
SONG = next(case for case in CASES if case.file == "NotoSerifCJK-Regular.ttc")


def set_line(text: str, *, down: bool = True, seed: int = 0, age: Age = CLEAN) -> Piece:
    look = Look(SONG, 26, 0.95, 1.4, down, True, age)
    return piece(text, "前一行文字", "後一行文字", look, np.random.default_rng(seed))


def ink(pixels: np.ndarray) -> float:
    return float((255 - pixels.astype(float)).mean())


@pytest.mark.parametrize("down", [True, False])
def test_the_type_of_a_line_stands_where_the_piece_says(down: bool) -> None:
    made = set_line("報館新聞紙", down=down)
    inside = made.pixels[round(made.top) : round(made.bottom), round(made.left) : round(made.right)]
    gap = slice(round(made.right) + 2, round(made.right) + 7)
    beside = made.pixels[round(made.top) : round(made.bottom), gap] if down else None
    assert ink(inside) > 50
    assert beside is None or ink(beside) < ink(inside) / 2
    length = made.bottom - made.top if down else made.right - made.left
    assert length == pytest.approx(5 * 0.95 * 26, rel=0.05)


def test_the_places_of_glyphs_rise_along_the_line() -> None:
    places = set_line("一二三四五六").places
    assert len(places) == 6
    assert list(places) == sorted(places)
    assert 0 < places[0] < places[-1] < 1


def test_the_same_seed_gives_the_same_piece_and_another_one_another() -> None:
    worn = Age(0.3, 0.5, 0.5, 0.3, 0.5, 0.4)
    first, again, other = (set_line("晶報一九三九", seed=s, age=worn) for s in (4, 4, 5))
    assert np.array_equal(first.pixels, again.pixels)
    assert not np.array_equal(first.pixels[:40, :40], other.pixels[:40, :40])


def test_spread_ink_is_more_ink_and_broken_ink_less() -> None:
    def covered(spread: float) -> float:
        return ink(set_line("鬱鬱蔥蔥", age=Age(spread, 0, 0.2, 0, 0, 0)).pixels)

    assert covered(-0.8) < covered(0) < covered(0.8)


def test_a_character_that_a_face_lacks_is_not_set() -> None:
    assert has(SONG, "報")
    assert not has(SONG, "\U000f0000")
    assert settable("報 館", SONG)
    assert not settable("報\U000f0000", SONG)


def test_a_face_that_is_not_installed_names_its_package() -> None:
    missing = replace(SONG, file="no-such-face.ttf", package="fonts-none")
    with pytest.raises(FontMissing, match="fonts-none"):
        type_of(missing, 20)


def test_figures_abreast_share_a_cell_and_words_lie_along_the_column() -> None:
    def places(text: str, latin: str) -> tuple[float, ...]:
        look = Look(SONG, 26, 0.95, 1.4, True, True, CLEAN, latin)
        return piece(text, "前", "後", look, np.random.default_rng(0)).places

    one, two = places("年12月日", "abreast")[1:3]
    assert one == two
    standing, lying = places("報ABCD館", "standing"), places("報ABCD館", "lying")
    assert lying[4] - lying[1] < standing[4] - standing[1]
    assert list(lying) == sorted(lying)
