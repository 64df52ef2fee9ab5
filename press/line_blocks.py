"""Drawings in line, maps and figures.

Each is a function that draws on a `Plate`, in fractions of its width and height.
"""

from __future__ import annotations

import itertools

import numpy as np

from press.plate import BLACK, ORANGE, RED, TEAL, WHITE, Plate, Point, grey


def bicycle(plate: Plate) -> None:
    wide = plate.image.width / plate.unit
    tall = plate.image.height / plate.unit
    scale = min(wide / 1.5, tall / 0.98)

    def p(x: float, y: float) -> Point:
        return 0.5 + (x - 0.75) * scale / wide, 0.5 + (y - 0.5) * scale / tall

    rear, front, crank = (0.36, 0.66), (1.14, 0.66), (0.68, 0.68)
    seat, head = (0.58, 0.32), (1.02, 0.3)
    for wheel in (rear, front):
        x, y = p(*wheel)
        plate.disc(x, y, 0.29 * scale, None, BLACK, 0.026 * scale)
        plate.disc(x, y, 0.255 * scale, None, BLACK, 0.008 * scale)
        for turn in np.arange(0, np.pi, np.pi / 9):
            dx, dy = 0.255 * np.cos(turn), 0.255 * np.sin(turn)
            plate.stroke(
                [p(wheel[0] - dx, wheel[1] - dy), p(wheel[0] + dx, wheel[1] + dy)], BLACK, 0.005
            )
    for a, b in (
        (rear, crank), (rear, seat), (crank, seat), (crank, head), (seat, head), (head, front),
    ):  # fmt: skip
        plate.stroke([p(*a), p(*b)], BLACK, 0.03 * scale)
    plate.stroke([p(*head), p(0.99, 0.18), p(0.88, 0.17)], BLACK, 0.028 * scale)
    plate.stroke([p(*seat), p(0.55, 0.24)], BLACK, 0.03 * scale)
    plate.shape([p(0.44, 0.2), p(0.68, 0.22), p(0.56, 0.27)], BLACK)
    x, y = p(*crank)
    plate.disc(x, y, 0.075 * scale, WHITE, BLACK, 0.02 * scale)
    plate.stroke([p(0.62, 0.82), p(*crank), p(0.74, 0.54)], BLACK, 0.022 * scale)


def night_ferry(plate: Plate) -> None:
    """A woodcut: a boat with a lamp under the moon."""
    plate.block(0, 0, 1, 1, BLACK)
    plate.disc(0.74, 0.2, 0.1, WHITE)
    for y in np.arange(0.06, 0.5, 0.055):
        for x in np.arange(0.02, 0.98, 0.16):
            start = x + 0.08 * (round(y / 0.055) % 2)
            if abs(start - 0.72) > 0.2 or abs(y - 0.2) > 0.16:
                plate.stroke([(start, y), (start + 0.07, y)], WHITE, 0.006)
    plate.shape(
        [(0, 0.5), (0.2, 0.42), (0.36, 0.48), (0.6, 0.4), (1, 0.5), (1, 0.54), (0, 0.54)], WHITE
    )
    for y in np.arange(0.58, 1.0, 0.05):
        xs = np.linspace(0, 1, 60)
        swell = 0.012 * np.sin(xs * 26 + y * 40)
        plate.stroke([(x, y + s) for x, s in zip(xs, swell, strict=True)], WHITE, 0.009)
    plate.shape([(0.14, 0.64), (0.82, 0.62), (0.7, 0.8), (0.26, 0.8)], BLACK)
    plate.stroke([(0.14, 0.64), (0.26, 0.8), (0.7, 0.8), (0.82, 0.62), (0.14, 0.64)], WHITE, 0.016)
    plate.stroke([(0.24, 0.71), (0.74, 0.7)], WHITE, 0.01)
    xs = np.linspace(0.36, 0.6, 20)
    roof = [(x, 0.64 - 0.13 * np.sin(np.pi * (x - 0.36) / 0.24)) for x in xs]
    plate.shape(roof, WHITE)
    for x in np.arange(0.4, 0.6, 0.04):
        plate.stroke([(x, 0.63), (x, 0.53)], BLACK, 0.008)
    plate.shape([(0.2, 0.62), (0.22, 0.47), (0.27, 0.47), (0.29, 0.62)], WHITE)
    plate.disc(0.245, 0.43, 0.03, WHITE)
    plate.stroke([(0.2, 0.42), (0.245, 0.385), (0.29, 0.42)], WHITE, 0.018)
    plate.stroke([(0.27, 0.5), (0.16, 0.6), (0.06, 0.8)], WHITE, 0.014)
    plate.stroke([(0.7, 0.62), (0.7, 0.46), (0.745, 0.46)], WHITE, 0.012)
    plate.block(0.725, 0.47, 0.765, 0.54, WHITE)
    for turn in np.arange(0, 2 * np.pi, np.pi / 6):
        near, far = 0.06, 0.1
        plate.stroke(
            [
                (0.745 + near * np.cos(turn), 0.505 + near * np.sin(turn)),
                (0.745 + far * np.cos(turn), 0.505 + far * np.sin(turn)),
            ],
            WHITE,
            0.008,
        )


def bottle(plate: Plate) -> None:
    plate.shape(
        [
            (0.42, 0.06),
            (0.58, 0.06),
            (0.58, 0.26),
            (0.74, 0.38),
            (0.74, 0.95),
            (0.26, 0.95),
            (0.26, 0.38),
            (0.42, 0.26),
        ],
        BLACK,
    )
    plate.block(0.4, 0.03, 0.6, 0.11, grey(120))
    plate.block(0.29, 0.46, 0.71, 0.85, WHITE)
    plate.disc(0.5, 0.655, 0.15, None, BLACK, 0.02)
    for turn in np.arange(0, 2 * np.pi, np.pi / 8):
        x = plate.unit / plate.image.width
        y = plate.unit / plate.image.height
        inner, outer = 0.07, 0.135
        plate.stroke(
            [
                (0.5 + np.cos(turn) * inner * x, 0.655 + np.sin(turn) * inner * y),
                (0.5 + np.cos(turn) * outer * x, 0.655 + np.sin(turn) * outer * y),
            ],
            BLACK,
            0.014,
        )
    plate.disc(0.5, 0.655, 0.06, BLACK)
    plate.stroke([(0.33, 0.4), (0.33, 0.44)], WHITE, 0.02)


def clock(plate: Plate) -> None:
    plate.disc(0.5, 0.5, 0.46, WHITE, BLACK, 0.04)
    plate.disc(0.5, 0.5, 0.39, None, BLACK, 0.01)
    fx, fy = plate.unit / plate.image.width, plate.unit / plate.image.height
    for hour in range(12):
        turn = hour * np.pi / 6
        reach = (0.31, 0.37)
        ends = [(0.5 + np.sin(turn) * r * fx, 0.5 - np.cos(turn) * r * fy) for r in reach]
        plate.stroke(ends, BLACK, 0.034 if hour % 3 == 0 else 0.016)
    plate.stroke([(0.5, 0.5), (0.5 - 0.16 * fx, 0.5 - 0.1 * fy)], BLACK, 0.034)
    plate.stroke([(0.5, 0.5), (0.5 + 0.14 * fx, 0.5 - 0.26 * fy)], BLACK, 0.022)
    plate.disc(0.5, 0.5, 0.03, BLACK)


def radio(plate: Plate) -> None:
    plate.block(0.06, 0.16, 0.94, 0.88, BLACK)
    plate.block(0.09, 0.2, 0.91, 0.84, WHITE)
    plate.disc(0.32, 0.52, 0.24, WHITE, BLACK, 0.02)
    for y in np.arange(0.3, 0.75, 0.045):
        half = max(0.0, 0.22**2 - ((y - 0.52) * plate.image.height / plate.unit) ** 2) ** 0.5
        half *= plate.unit / plate.image.width
        plate.stroke([(0.32 - half, y), (0.32 + half, y)], BLACK, 0.014)
    plate.block(0.56, 0.28, 0.86, 0.5, BLACK)
    plate.block(0.575, 0.3, 0.845, 0.48, WHITE)
    for i in range(11):
        x = 0.595 + i * 0.023
        plate.stroke([(x, 0.34), (x, 0.4 if i % 5 else 0.44)], BLACK, 0.008)
    plate.stroke([(0.7, 0.32), (0.7, 0.47)], BLACK, 0.014)
    for x in (0.63, 0.79):
        plate.disc(x, 0.67, 0.085, WHITE, BLACK, 0.025)
        plate.stroke([(x, 0.67), (x + 0.02, 0.6)], BLACK, 0.02)
    plate.block(0.14, 0.88, 0.2, 0.93, BLACK)
    plate.block(0.8, 0.88, 0.86, 0.93, BLACK)


def sewing(plate: Plate) -> None:
    plate.block(0.06, 0.78, 0.94, 0.86, BLACK)
    plate.shape(
        [
            (0.7, 0.78),
            (0.7, 0.42),
            (0.3, 0.4),
            (0.3, 0.62),
            (0.2, 0.62),
            (0.18, 0.3),
            (0.3, 0.24),
            (0.84, 0.26),
            (0.86, 0.78),
        ],
        BLACK,
    )
    plate.block(0.235, 0.62, 0.265, 0.78, BLACK)
    plate.disc(0.9, 0.4, 0.13, WHITE, BLACK, 0.03)
    plate.disc(0.9, 0.4, 0.03, BLACK)
    plate.stroke([(0.34, 0.32), (0.66, 0.33)], WHITE, 0.014)
    plate.disc(0.5, 0.33, 0.03, WHITE)
    plate.block(0.5, 0.14, 0.56, 0.25, BLACK)
    plate.stroke([(0.53, 0.16), (0.26, 0.2), (0.25, 0.6)], BLACK, 0.006)


def thermos(plate: Plate) -> None:
    plate.shape(
        [(0.36, 0.2), (0.64, 0.2), (0.72, 0.34), (0.72, 0.95), (0.28, 0.95), (0.28, 0.34)], BLACK
    )
    plate.block(0.39, 0.06, 0.61, 0.2, grey(90))
    plate.disc(0.75, 0.56, 0.14, None, BLACK, 0.04, 1.6)
    plate.block(0.31, 0.4, 0.69, 0.9, WHITE)
    for x, y, r in ((0.5, 0.6, 0.07), (0.42, 0.72, 0.05), (0.58, 0.75, 0.05)):
        fx, fy = plate.unit / plate.image.width, plate.unit / plate.image.height
        for turn in np.arange(0, 2 * np.pi, np.pi / 3):
            plate.disc(x + np.cos(turn) * r * fx, y + np.sin(turn) * r * fy, r * 0.62, BLACK)
        plate.disc(x, y, r * 0.4, WHITE)
    plate.stroke([(0.5, 0.67), (0.47, 0.88)], BLACK, 0.014)


def noodles(plate: Plate) -> None:
    plate.shape(
        [(0.14, 0.52), (0.86, 0.52), (0.7, 0.86), (0.62, 0.9), (0.38, 0.9), (0.3, 0.86)], BLACK
    )
    plate.disc(0.5, 0.52, 0.36, WHITE, BLACK, 0.02, 0.28)
    for i in range(7):
        x = 0.3 + i * 0.06
        plate.stroke(
            [(x, 0.54), (x + 0.03, 0.48), (x + 0.07, 0.54), (x + 0.11, 0.49)], BLACK, 0.012
        )
    plate.stroke([(0.92, 0.16), (0.42, 0.5)], BLACK, 0.022)
    plate.stroke([(0.97, 0.24), (0.48, 0.53)], BLACK, 0.022)
    for x in (0.3, 0.42, 0.54):
        plate.stroke(
            [(x, 0.38), (x + 0.025, 0.3), (x - 0.015, 0.22), (x + 0.02, 0.12)], BLACK, 0.012
        )
    plate.stroke([(0.22, 0.64), (0.78, 0.64)], WHITE, 0.014)


def chart_map(plate: Plate) -> None:
    """A sketch map: river, railway, town."""
    river = [
        (0.0, 0.3),
        (0.18, 0.36),
        (0.34, 0.28),
        (0.5, 0.42),
        (0.62, 0.66),
        (0.8, 0.72),
        (1.0, 0.66),
    ]
    for offset in (-0.05, -0.025, 0.0, 0.025, 0.05):
        plate.stroke([(x, y + offset) for x, y in river], BLACK, 0.009)
    rail = [(0.1, 0.95), (0.3, 0.72), (0.44, 0.6), (0.66, 0.36), (0.9, 0.1)]
    plate.stroke(rail, BLACK, 0.03)
    for (x0, y0), (x1, y1) in itertools.pairwise(rail):
        for t in np.arange(0.05, 1, 0.24):
            a = (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)
            b = (x0 + (x1 - x0) * (t + 0.12), y0 + (y1 - y0) * (t + 0.12))
            plate.stroke([a, b], WHITE, 0.014)
    for x, y, r in ((0.3, 0.72, 0.035), (0.66, 0.36, 0.05), (0.84, 0.52, 0.03), (0.16, 0.16, 0.03)):
        plate.disc(x, y, r, WHITE, BLACK, 0.016)
        plate.disc(x, y, r * 0.4, BLACK)
    for x, y in ((0.32, 0.1), (0.4, 0.14), (0.48, 0.09), (0.82, 0.88), (0.9, 0.84)):
        plate.stroke([(x - 0.05, y + 0.07), (x, y), (x + 0.05, y + 0.07)], BLACK, 0.012)
    plate.stroke([(0.93, 0.32), (0.93, 0.2)], BLACK, 0.012)
    plate.shape([(0.91, 0.22), (0.93, 0.14), (0.95, 0.22)], BLACK)
    plate.stroke([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], BLACK, 0.03)


def fruit(plate: Plate) -> None:
    plate.sky((255, 246, 222), (255, 226, 170))
    plate.shape([(0.1, 0.62), (0.9, 0.62), (0.76, 0.92), (0.24, 0.92)], (176, 116, 64))
    for y in (0.7, 0.78, 0.86):
        plate.stroke([(0.16, y), (0.84, y)], (120, 74, 40), 0.014)
    fruits = (
        (0.28, 0.54, 0.13, (232, 60, 48)),
        (0.5, 0.5, 0.15, ORANGE),
        (0.72, 0.54, 0.13, (150, 190, 60)),
        (0.39, 0.36, 0.13, (248, 196, 66)),
        (0.62, 0.36, 0.13, (214, 44, 60)),
    )
    for x, y, r, tone in fruits:
        plate.disc(x, y, r, tone)
        light = (min(255, tone[0] + 40), min(255, tone[1] + 60), min(255, tone[2] + 60))
        plate.disc(x - 0.03, y - 0.04, r * 0.4, light)
        plate.stroke([(x, y - r * 0.5), (x + 0.012, y - r * 0.5 - 0.07)], (90, 60, 30), 0.014)
        plate.shape(
            [(x + 0.01, y - r * 0.6), (x + 0.07, y - r * 0.6 - 0.06), (x + 0.05, y - r * 0.6)],
            (70, 140, 60),
        )
    plate.soften(0.002)


def bars(plate: Plate) -> None:
    plate.block(0, 0, 1, 1, (240, 246, 247))
    for y in (0.2, 0.4, 0.6, 0.8):
        plate.stroke([(0.05, y), (0.96, y)], (204, 216, 220), 0.006)
    for i, value in enumerate((0.3, 0.36, 0.45, 0.52, 0.63, 0.78)):
        x = 0.09 + i * 0.15
        plate.block(x, 0.93 - value, x + 0.085, 0.93, ORANGE if i == 5 else TEAL)
    plate.stroke([(0.05, 0.93), (0.96, 0.93)], (70, 80, 84), 0.014)
    line = [(0.13 + i * 0.15, 0.86 - v) for i, v in enumerate((0.36, 0.4, 0.5, 0.6, 0.7, 0.83))]
    plate.stroke(line, RED, 0.014)
    for x, y in line:
        plate.disc(x, y, 0.022, WHITE, RED, 0.012)


def homes(plate: Plate) -> None:
    plate.sky((150, 204, 236), (240, 248, 250))
    for i, (x, top) in enumerate(((0.06, 0.3), (0.28, 0.14), (0.52, 0.22), (0.75, 0.34))):
        tone = [(236, 222, 200), (224, 206, 182), (240, 230, 214), (228, 214, 190)][i]
        plate.block(x, top, x + 0.19, 0.84, tone)
        plate.block(x, top - 0.02, x + 0.19, top, (170, 84, 60))
        for row in np.arange(top + 0.04, 0.78, 0.07):
            for column in np.arange(x + 0.02, x + 0.17, 0.042):
                plate.block(column, row, column + 0.024, row + 0.038, (96, 142, 172))
    plate.sky((120, 176, 92), (92, 150, 76), 0.84, 1)
    for x in np.arange(0.03, 1, 0.09):
        plate.disc(x, 0.83, 0.05, (72, 140, 72))
