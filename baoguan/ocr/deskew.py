"""Print that is turned on its scan is turned back, by the angle that makes its rows sharpest."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np

from baoguan.ocr.light import ink_of
from baoguan.ocr.sheet import Affine, Floats, Sheet

SHRUNK_SIDE = 1200
LARGEST = 3.0  # degrees
SMALLEST = 0.06  # degrees: less is left alone
FARTHEST = 0.15  # of the short side: a strip's ends are not moved further, lest they leave it


def deskew(sheet: Sheet) -> Sheet:
    """The sheet upright; `skew` is the turn of its print on the master, degrees clockwise."""
    angle = skew_of(sheet)
    short, long = sorted((sheet.width, sheet.height))
    moved = math.sin(math.radians(abs(angle))) * long / 2
    if abs(angle) < SMALLEST or moved > FARTHEST * short:
        return sheet
    turn = _turn_back(angle, sheet.width, sheet.height)
    pixels = cv2.warpAffine(
        sheet.pixels,
        turn.matrix(),
        (sheet.width, sheet.height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    to_master = sheet.to_master.after(turn.inverse())
    return replace(sheet, pixels=np.asarray(pixels, np.uint8), to_master=to_master, skew=angle)


def _turn_back(angle: float, width: int, height: int) -> Affine:
    """The turn about the middle by -angle (degrees, clockwise is positive)."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = width / 2, height / 2
    return Affine(cos, sin, x - cos * x - sin * y, -sin, cos, y + sin * x - cos * y)


def skew_of(sheet: Sheet) -> float:
    """Degrees clockwise, found coarsely and then finely."""
    shrink = max(1.0, max(sheet.width, sheet.height) / SHRUNK_SIDE)
    size = max(1, round(sheet.width / shrink)), max(1, round(sheet.height / shrink))
    share = cv2.resize(ink_of(sheet.pixels).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    ink = np.asarray(share, np.float32)
    if ink.sum() < 50:
        return 0.0
    coarse = np.arange(-LARGEST, LARGEST + 0.01, 0.25)
    start = float(coarse[int(np.argmax([_sharpness(ink, a) for a in coarse]))])
    fine = start + np.arange(-0.25, 0.26, 0.05)
    scores = [_sharpness(ink, float(a)) for a in fine]
    best = float(fine[int(np.argmax(scores))])
    if max(scores) < 1.02 * _sharpness(ink, 0.0):
        return 0.0
    return best if abs(best) < LARGEST else 0.0


def _sharpness(ink: Floats, angle: float) -> float:
    """How strongly neighbouring rows, and columns, of the turned ink differ."""
    height, width = ink.shape
    turned = cv2.warpAffine(ink, _turn_back(angle, width, height).matrix(), (width, height))
    margin_x, margin_y = width // 20, height // 20
    inner = turned[margin_y : height - margin_y, margin_x : width - margin_x]
    if inner.size == 0:
        return 0.0
    rows, columns = inner.sum(axis=1), inner.sum(axis=0)
    return float((np.diff(rows) ** 2).sum() + (np.diff(columns) ** 2).sum())
