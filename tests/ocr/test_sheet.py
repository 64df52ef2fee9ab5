from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from baoguan.model import Box
from baoguan.ocr.sheet import Affine

angles = st.floats(-math.pi, math.pi)
shifts = st.floats(-5000, 5000)


def turn(angle: float, x: float, y: float) -> Affine:
    cos, sin = math.cos(angle), math.sin(angle)
    return Affine(cos, -sin, x, sin, cos, y)


@given(angles, shifts, shifts, shifts, shifts)
def test_a_point_comes_back_through_the_inverse(
    angle: float, dx: float, dy: float, x: float, y: float
) -> None:
    there = turn(angle, dx, dy)
    back = there.inverse().after(there).point(x, y)
    assert math.isclose(back[0], x, abs_tol=1e-6)
    assert math.isclose(back[1], y, abs_tol=1e-6)


@given(angles, angles, shifts, shifts)
def test_after_is_one_map_and_then_the_other(one: float, two: float, x: float, y: float) -> None:
    first, second = turn(one, 3, 4), turn(two, -7, 1)
    stepwise = second.point(*first.point(x, y))
    at_once = second.after(first).point(x, y)
    assert all(math.isclose(a, b, abs_tol=1e-6) for a, b in zip(stepwise, at_once, strict=True))


@given(angles, st.integers(0, 900), st.integers(0, 900), st.integers(1, 300), st.integers(1, 300))
def test_boxes_stay_in_the_image(angle: float, x: int, y: int, width: int, height: int) -> None:
    box = turn(angle, 100, -50).box(Box(x, y, x + width, y + height), 640, 480)
    assert 0 <= box.left <= box.right <= 640
    assert 0 <= box.top <= box.bottom <= 480


def test_a_small_turn_does_not_swell_a_long_box() -> None:
    turned = turn(math.radians(0.5), 0, 0).box(Box(300, 100, 330, 900), 2000, 2000)
    assert turned.width <= 32


def test_a_quarter_turn_keeps_both_sides() -> None:
    turned = turn(math.pi / 2, 500, 0).box(Box(10, 20, 110, 50), 1000, 1000)
    assert (turned.width, turned.height) == (30, 100)
