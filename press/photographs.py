"""Drawn photographs, for the halftone screen or in colour.

Each is a function that draws on a `Plate`, in fractions of its width and height.
"""

from __future__ import annotations

import numpy as np

from press.plate import RED, TEAL, WHITE, Plate, Point, grey


def harbour(plate: Plate) -> None:
    plate.sky(grey(205), grey(245), 0, 0.5)
    rng = plate.rng
    x = -0.02
    while x < 1.0:
        width, top = rng.uniform(0.05, 0.11), rng.uniform(0.24, 0.42)
        plate.block(x, top, x + width, 0.56, grey(int(rng.uniform(105, 160))))
        for row in np.arange(top + 0.03, 0.5, 0.045):
            for column in np.arange(x + 0.012, x + width - 0.012, 0.02):
                plate.block(column, row, column + 0.009, row + 0.022, grey(70))
        x += width * rng.uniform(0.85, 1.0)
    plate.block(0.44, 0.12, 0.53, 0.56, grey(95))
    plate.shape([(0.43, 0.14), (0.485, 0.02), (0.54, 0.14)], grey(60))
    plate.disc(0.485, 0.21, 0.045, grey(235), grey(30), 0.008)
    plate.stroke([(0.485, 0.21), (0.485, 0.175)], grey(20), 0.008)
    plate.stroke([(0.485, 0.21), (0.5, 0.222)], grey(20), 0.008)
    plate.block(0, 0.55, 1, 0.6, grey(80))
    plate.sky(grey(190), grey(115), 0.6, 1.0)
    for _ in range(70):
        wx, wy = rng.uniform(0, 1), rng.uniform(0.62, 1)
        plate.stroke([(wx, wy), (wx + rng.uniform(0.02, 0.08), wy)], grey(150), 0.006)
    _junk(plate, 0.2, 0.84, 0.3)
    _junk(plate, 0.73, 0.72, 0.18)


def _junk(plate: Plate, x: float, y: float, size: float) -> None:
    hull = [(-0.5, -0.1), (0.5, -0.16), (0.38, 0.12), (-0.36, 0.12)]
    sail = [(-0.2, -0.95), (0.16, -0.8), (0.24, -0.2), (-0.24, -0.16)]
    plate.stroke([(x - 0.02 * size, y - size), (x - 0.02 * size, y)], grey(30), 0.01)
    plate.shape([(x + px * size, y + py * size) for px, py in sail], grey(70))
    for rib in (-0.75, -0.55, -0.36):
        left, right = x - 0.22 * size, x + 0.22 * size
        plate.stroke([(left, y + rib * size), (right, y + (rib + 0.06) * size)], grey(25), 0.006)
    plate.shape([(x + px * size, y + py * size) for px, py in hull], grey(35))


def bridge(plate: Plate) -> None:
    plate.sky(grey(190), grey(240), 0, 0.62)
    plate.shape([(0, 0.6), (0.2, 0.42), (0.42, 0.55), (0.7, 0.38), (1, 0.6)], grey(170))
    plate.sky(grey(200), grey(130), 0.6, 1.0)
    for pier in (0.12, 0.37, 0.63, 0.88):
        plate.shape(
            [(pier - 0.025, 0.5), (pier + 0.025, 0.5), (pier + 0.04, 0.82), (pier - 0.04, 0.82)],
            grey(95),
        )
    plate.block(0, 0.46, 1, 0.52, grey(55))
    for left, right in ((-0.13, 0.12), (0.12, 0.37), (0.37, 0.63), (0.63, 0.88), (0.88, 1.13)):
        xs = np.linspace(left, right, 24)
        arch = [(x, 0.46 - 0.2 * np.sin(np.pi * (x - left) / (right - left))) for x in xs]
        plate.stroke(arch, grey(35), 0.018)
        for x, y in arch[2:-2:3]:
            plate.stroke([(x, y), (x, 0.46)], grey(50), 0.008)
    plate.block(0.3, 0.415, 0.62, 0.455, grey(25))
    for x in np.arange(0.31, 0.6, 0.04):
        plate.block(x, 0.424, x + 0.022, 0.44, grey(225))
    for smoke in range(6):
        plate.disc(0.64 - smoke * 0.035, 0.37 - smoke * 0.025, 0.022 + smoke * 0.008, grey(225))


def mill(plate: Plate) -> None:
    plate.sky(grey(175), grey(240), 0, 0.7)
    for x, top in ((0.18, 0.08), (0.3, 0.16), (0.8, 0.12)):
        plate.shape(
            [(x - 0.018, top), (x + 0.018, top), (x + 0.03, 0.7), (x - 0.03, 0.7)], grey(60)
        )
        for puff in range(7):
            plate.disc(
                x + 0.03 + puff * 0.032,
                top - puff * 0.012,
                0.025 + puff * 0.009,
                grey(120 + puff * 12),
            )
    for i in range(6):
        left = 0.05 + i * 0.15
        plate.shape([(left, 0.5), (left, 0.4), (left + 0.15, 0.5)], grey(85))
    plate.block(0.05, 0.5, 0.95, 0.74, grey(125))
    for x in np.arange(0.08, 0.93, 0.06):
        plate.block(x, 0.55, x + 0.035, 0.66, grey(225))
        plate.stroke([(x + 0.0175, 0.55), (x + 0.0175, 0.66)], grey(90), 0.006)
    plate.sky(grey(200), grey(150), 0.74, 1.0)
    for i in range(16):
        _walker(plate, 0.04 + i * 0.062 + plate.rng.uniform(-0.01, 0.01), 0.9, 0.16)


def _walker(plate: Plate, x: float, feet: float, height: float) -> None:
    """Somebody in a long coat; `height` is a fraction of the picture's."""
    shade = int(plate.rng.uniform(25, 95))
    top = feet - height
    wide = height * plate.image.height / plate.image.width

    def p(dx: float, dy: float) -> Point:
        return x + dx * wide, top + dy * height

    stride = float(plate.rng.uniform(0.03, 0.1))
    head = height * 0.085 * plate.image.height / plate.unit
    plate.stroke([p(-0.04, 0.6), p(-stride, 1)], grey(shade // 2), 0.03 * height / 0.16 * 0.5)
    plate.stroke([p(0.04, 0.6), p(stride, 1)], grey(shade // 2), 0.03 * height / 0.16 * 0.5)
    coat = [p(-0.08, 0.17), p(0.08, 0.17), p(0.14, 0.24), p(0.16, 0.55), p(0.12, 0.78)]
    plate.shape([*coat, p(-0.12, 0.78), p(-0.16, 0.55), p(-0.14, 0.24)], grey(shade))
    plate.disc(*p(0, 0.09), head, grey(int(shade * 0.5 + 90)), flat=1.15)
    plate.disc(*p(0, 0.055), head * 0.98, grey(shade // 3 + 15), flat=0.75)


def portrait(plate: Plate) -> None:
    _bust(plate, hair_down=False)


def portrait_woman(plate: Plate) -> None:
    _bust(plate, hair_down=True)


def _bust(plate: Plate, hair_down: bool) -> None:
    plate.sky(grey(105), grey(175))
    plate.disc(0.36, 0.4, 0.42, grey(200))
    plate.soften(0.09)
    plate.shape(
        [(0.02, 1), (0.1, 0.86), (0.38, 0.73), (0.62, 0.73), (0.9, 0.86), (0.98, 1)], grey(62)
    )
    if hair_down:
        plate.disc(0.5, 0.41, 0.27, grey(38), flat=1.2)
        plate.shape(
            [(0.27, 0.4), (0.73, 0.4), (0.75, 0.66), (0.62, 0.7), (0.38, 0.7), (0.25, 0.66)],
            grey(38),
        )
    plate.shape([(0.42, 0.56), (0.58, 0.56), (0.61, 0.74), (0.5, 0.81), (0.39, 0.74)], grey(158))
    plate.shape([(0.39, 0.71), (0.5, 0.82), (0.43, 0.88), (0.33, 0.75)], grey(222))
    plate.shape([(0.61, 0.71), (0.5, 0.82), (0.57, 0.88), (0.67, 0.75)], grey(205))
    plate.disc(0.5, 0.38, 0.235, grey(42), flat=1.12)
    plate.disc(0.5, 0.43, 0.205, grey(208), flat=1.28)
    plate.shape(
        [(0.6, 0.25), (0.69, 0.36), (0.7, 0.48), (0.62, 0.63), (0.57, 0.6), (0.64, 0.46)], grey(172)
    )
    fringe = [(0.28, 0.42), (0.29, 0.26), (0.42, 0.15), (0.6, 0.15), (0.71, 0.26), (0.72, 0.42)]
    parting = [(0.67, 0.32), (0.55, 0.25), (0.4, 0.3), (0.33, 0.34)]
    plate.shape([*fringe, *parting], grey(38))
    plate.soften(0.01)
    for side in (-1, 1):
        x = 0.5 + side * 0.088
        plate.stroke([(x - 0.045, 0.382), (x, 0.372), (x + 0.045, 0.38)], grey(70), 0.018)
        plate.disc(x, 0.425, 0.04, grey(165), flat=0.55)
        plate.disc(x, 0.424, 0.026, grey(52), flat=0.55)
    plate.stroke([(0.515, 0.43), (0.527, 0.5), (0.5, 0.512)], grey(150), 0.016)
    plate.disc(0.5, 0.512, 0.026, grey(160), flat=0.35)
    plate.disc(0.5, 0.578, 0.062, grey(120), flat=0.2)
    plate.stroke([(0.445, 0.573), (0.5, 0.579), (0.555, 0.572)], grey(85), 0.01)
    plate.soften(0.006)
    if not hair_down:
        for side in (-1, 1):
            plate.disc(0.5 + side * 0.09, 0.425, 0.068, None, grey(60), 0.009)
        plate.stroke([(0.477, 0.42), (0.523, 0.42)], grey(60), 0.01)
        plate.soften(0.003)


def _furrows(plate: Plate) -> None:
    plate.sky(grey(195), grey(245), 0, 0.4)
    plate.shape(
        [(0, 0.42), (0.25, 0.26), (0.5, 0.4), (0.78, 0.22), (1, 0.4), (1, 0.5), (0, 0.5)], grey(150)
    )
    plate.sky(grey(180), grey(135), 0.42, 1)
    for i in range(-8, 18):
        plate.stroke([(0.45 + (i - 4) * 0.012, 0.43), (i * 0.11 - 0.1, 1.0)], grey(95), 0.012)


def ploughing(plate: Plate) -> None:
    _furrows(plate)
    body = [
        (0.3, 0.56),
        (0.34, 0.51),
        (0.5, 0.5),
        (0.58, 0.52),
        (0.6, 0.6),
        (0.57, 0.68),
        (0.34, 0.68),
    ]
    plate.shape(body, grey(40))
    plate.shape([(0.34, 0.53), (0.22, 0.52), (0.19, 0.6), (0.24, 0.63), (0.33, 0.61)], grey(35))
    plate.stroke([(0.25, 0.53), (0.21, 0.46), (0.26, 0.44)], grey(25), 0.016)
    for x in (0.36, 0.41, 0.52, 0.57):
        plate.stroke([(x, 0.66), (x - 0.01, 0.8)], grey(35), 0.03)
    plate.stroke([(0.6, 0.54), (0.63, 0.66)], grey(40), 0.01)
    plate.stroke([(0.36, 0.56), (0.7, 0.74), (0.8, 0.66)], grey(30), 0.014)
    plate.shape([(0.68, 0.72), (0.73, 0.74), (0.67, 0.84)], grey(25))
    plate.shape([(0.74, 0.43), (0.84, 0.32), (0.94, 0.43)], grey(70))
    plate.disc(0.84, 0.45, 0.045, grey(60))
    plate.shape([(0.79, 0.51), (0.89, 0.51), (0.91, 0.68), (0.78, 0.68)], grey(50))
    plate.stroke([(0.82, 0.54), (0.77, 0.62), (0.79, 0.66)], grey(45), 0.03)
    plate.stroke([(0.82, 0.68), (0.8, 0.88)], grey(40), 0.034)
    plate.stroke([(0.88, 0.68), (0.91, 0.87)], grey(40), 0.034)
    plate.soften(0.003)


def opera(plate: Plate) -> None:
    """A singer in her headdress."""
    _bust(plate, hair_down=True)
    for row, (rise, count) in enumerate(((0.0, 11), (0.055, 9), (0.1, 6))):
        for i in range(count):
            turn = np.pi * (0.14 + 0.72 * i / (count - 1))
            x = 0.5 - 0.25 * np.cos(turn) * (1 - row * 0.12)
            y = 0.36 - rise - 0.17 * np.sin(turn)
            plate.disc(x, y, 0.027, grey(230), grey(70), 0.008)
            plate.disc(x - 0.006, y - 0.006, 0.009, WHITE)
    for side in (-1, 1):
        for strand in range(4):
            x = 0.5 + side * (0.255 + 0.024 * strand)
            plate.stroke([(x, 0.4), (x + side * 0.01, 0.66)], grey(205), 0.009)
            plate.disc(x + side * 0.01, 0.68, 0.014, grey(235))
        plate.disc(0.5 + side * 0.1, 0.49, 0.05, grey(180))
    plate.disc(0.5, 0.575, 0.03, grey(70), flat=0.45)
    plate.soften(0.005)


def market(plate: Plate) -> None:
    plate.sky(grey(225), grey(245), 0, 0.5)
    for i in range(5):
        left = i * 0.2 + 0.005
        plate.block(left, 0.1, left + 0.19, 0.62, grey(145 + 18 * (i % 3)))
        plate.shape([(left - 0.01, 0.12), (left + 0.1, 0.02), (left + 0.2, 0.12)], grey(70))
        plate.shape(
            [(left, 0.36), (left + 0.19, 0.36), (left + 0.21, 0.46), (left - 0.02, 0.46)], grey(60)
        )
        plate.block(left + 0.02, 0.18, left + 0.08, 0.3, grey(60))
        plate.block(left + 0.11, 0.18, left + 0.17, 0.3, grey(60))
        plate.block(left + 0.02, 0.48, left + 0.17, 0.62, grey(45))
    plate.sky(grey(195), grey(150), 0.62, 1)
    for _ in range(14):
        _walker(plate, plate.rng.uniform(0.04, 0.96), plate.rng.uniform(0.78, 0.96), 0.26)


def dusk(plate: Plate) -> None:
    plate.sky((52, 66, 128), (250, 176, 108), 0, 0.62)
    plate.disc(0.7, 0.52, 0.09, (255, 226, 150))
    rng = plate.rng
    for low, high, tone in ((0.3, 0.48, (94, 88, 138)), (0.2, 0.52, (50, 52, 94))):
        x = -0.02
        while x < 1:
            width, top = rng.uniform(0.04, 0.09), rng.uniform(low, high)
            plate.block(x, top, x + width, 0.64, tone)
            for row in np.arange(top + 0.02, 0.62, 0.03):
                for column in np.arange(x + 0.008, x + width - 0.01, 0.014):
                    if rng.random() < 0.42:
                        plate.block(column, row, column + 0.007, row + 0.013, (255, 214, 120))
            x += width * 1.15
    plate.sky((214, 138, 104), (44, 50, 96), 0.64, 1)
    for _ in range(160):
        x, y = rng.uniform(0, 1), rng.uniform(0.65, 1)
        plate.stroke([(x, y), (x + rng.uniform(0.01, 0.05), y)], (250, 190, 120), 0.005)
    xs = np.linspace(0, 1, 60)
    plate.stroke([(x, 0.7 - 0.05 * np.sin(np.pi * x)) for x in xs], (230, 230, 240), 0.012)
    for tower in (0.3, 0.62):
        plate.stroke([(tower, 0.4), (tower, 0.72)], (240, 240, 245), 0.016)
        for reach in np.arange(0.04, 0.2, 0.03):
            for side in (-1, 1):
                plate.stroke([(tower, 0.41), (tower + side * reach, 0.665)], (225, 225, 235), 0.004)


def park(plate: Plate) -> None:
    plate.sky((120, 190, 232), (226, 242, 248), 0, 0.5)
    for x, y in ((0.2, 0.14), (0.26, 0.12), (0.32, 0.15), (0.72, 0.2), (0.78, 0.18)):
        plate.disc(x, y, 0.06, WHITE, flat=0.7)
    plate.shape(
        [(0, 0.48), (0.3, 0.3), (0.55, 0.46), (0.8, 0.34), (1, 0.46), (1, 0.6), (0, 0.6)],
        (98, 156, 120),
    )
    plate.sky((130, 190, 90), (84, 150, 62), 0.52, 1)
    plate.disc(0.6, 0.78, 0.36, (104, 178, 214), flat=0.42)
    plate.disc(0.56, 0.77, 0.2, (150, 206, 230), flat=0.3)
    rng = plate.rng
    for x, foot, size in (
        (0.08, 0.72, 1.1),
        (0.2, 0.62, 0.8),
        (0.9, 0.66, 0.9),
        (0.98, 0.8, 1.2),
        (0.4, 0.58, 0.6),
    ):
        plate.block(x - 0.008, foot - 0.2 * size, x + 0.008, foot, (96, 66, 44))
        for _ in range(9):
            dx, dy = rng.normal(0, 0.035 * size), rng.normal(0, 0.04 * size)
            tone = (int(rng.uniform(40, 90)), int(rng.uniform(120, 165)), 56)
            plate.disc(x + dx, foot - 0.26 * size + dy, 0.06 * size, tone)
    plate.block(0.46, 0.6, 0.7, 0.62, (150, 60, 46))
    plate.shape([(0.44, 0.5), (0.58, 0.4), (0.72, 0.5)], (168, 52, 44))
    for x in (0.48, 0.56, 0.6, 0.68):
        plate.block(x - 0.005, 0.5, x + 0.005, 0.61, (160, 58, 46))
    plate.soften(0.002)


def metro(plate: Plate) -> None:
    plate.sky((232, 236, 240), (196, 204, 212))
    plate.shape([(0, 0), (1, 0), (0.72, 0.24), (0.28, 0.24)], (210, 218, 226))
    plate.shape([(0, 1), (1, 1), (0.64, 0.6), (0.36, 0.6)], (150, 156, 164))
    plate.shape([(0.46, 1), (0.98, 1), (0.62, 0.6), (0.5, 0.6)], (70, 76, 84))
    for i in range(5):
        y = 0.02 + i * 0.05
        plate.stroke([(0.06 + i * 0.055, y), (0.94 - i * 0.055, y)], (255, 255, 255), 0.014)
    plate.shape([(0.42, 0.2), (0.86, 0.14), (0.86, 0.86), (0.42, 0.72)], (240, 244, 248))
    plate.shape([(0.44, 0.24), (0.84, 0.19), (0.84, 0.52), (0.44, 0.5)], (34, 52, 74))
    plate.shape([(0.42, 0.56), (0.86, 0.6), (0.86, 0.68), (0.42, 0.62)], RED)
    plate.shape([(0.86, 0.14), (1, 0.05), (1, 0.98), (0.86, 0.86)], (214, 220, 228))
    for x in (0.49, 0.8):
        plate.disc(x, 0.67, 0.03, (255, 246, 190))
    plate.shape([(0, 0.1), (0.26, 0.26), (0.26, 0.62), (0, 0.9)], (180, 206, 214))
    for i in range(4):
        x = 0.04 + i * 0.075
        tone = [(40, 66, 110), (150, 50, 60), (60, 60, 66), (46, 110, 84)][i]
        plate.disc(x, 0.5 + 0.01 * i, 0.034, (70, 52, 44))
        plate.shape([(x - 0.035, 0.56), (x + 0.035, 0.56), (x + 0.03, 0.8), (x - 0.03, 0.8)], tone)
        plate.block(x - 0.024, 0.78, x + 0.024, 0.95, (44, 46, 56))
    plate.soften(0.002)


def reading_room(plate: Plate) -> None:
    plate.sky((244, 232, 208), (226, 206, 172))
    rng = plate.rng
    colours = [RED, TEAL, (226, 184, 84), (66, 90, 140), (120, 146, 96), (180, 120, 90)]
    for shelf in range(4):
        top = 0.06 + shelf * 0.16
        plate.block(0.02, top + 0.125, 0.98, top + 0.15, (140, 96, 60))
        x = 0.03
        while x < 0.95:
            width, rise = rng.uniform(0.012, 0.026), rng.uniform(0.0, 0.03)
            tone = colours[int(rng.integers(len(colours)))]
            plate.block(x, top + rise, x + width, top + 0.125, tone)
            x += width + 0.003
    plate.block(0, 0.72, 1, 1, (196, 150, 102))
    plate.shape([(0.1, 0.8), (0.9, 0.8), (1, 0.92), (0, 0.92)], (120, 80, 52))
    for x, tone in ((0.24, (58, 100, 150)), (0.5, (190, 70, 60)), (0.76, (80, 130, 90))):
        plate.disc(x, 0.6, 0.055, (236, 200, 170))
        plate.disc(x, 0.575, 0.056, (46, 36, 34), flat=0.72)
        plate.shape(
            [(x - 0.06, 0.82), (x - 0.045, 0.66), (x + 0.045, 0.66), (x + 0.06, 0.82)], tone
        )
        plate.shape([(x - 0.06, 0.83), (x, 0.8), (x + 0.06, 0.83), (x, 0.86)], WHITE)
    plate.soften(0.0015)


def kite(plate: Plate) -> None:
    plate.sky((96, 170, 226), (214, 236, 246))
    kites = (
        (0.3, 0.28, 0.14, RED),
        (0.66, 0.2, 0.1, (250, 200, 60)),
        (0.8, 0.46, 0.08, (70, 160, 110)),
    )
    fx, fy = plate.unit / plate.image.width, plate.unit / plate.image.height
    for x, y, r, tone in kites:
        plate.stroke([(x, y), (0.48, 0.9)], (240, 240, 240), 0.004)
        rx, ry = r * fx, r * fy
        plate.shape([(x, y - ry * 1.3), (x + rx, y), (x, y + ry * 1.3), (x - rx, y)], tone)
        plate.stroke([(x, y - ry * 1.3), (x, y + ry * 1.3)], WHITE, 0.008)
        plate.stroke([(x - rx, y), (x + rx, y)], WHITE, 0.008)
        tail = [(x + 0.02 * np.sin(i), y + ry * 1.3 + i * 0.03) for i in range(6)]
        plate.stroke(tail, tone, 0.012)
    plate.sky((140, 190, 96), (90, 150, 70), 0.8, 1)
    for x, tone in ((0.42, (60, 80, 140)), (0.48, (200, 80, 70)), (0.56, (60, 120, 100))):
        plate.disc(x, 0.8, 0.024, (70, 50, 40))
        plate.shape(
            [(x - 0.022, 0.83), (x + 0.022, 0.83), (x + 0.018, 0.93), (x - 0.018, 0.93)], tone
        )
