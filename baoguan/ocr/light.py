"""Grey pixels and ink: paper is divided out, so that stains and shadows do not count as ink."""

from __future__ import annotations

import cv2
import numpy as np

from baoguan.ocr.sheet import Grey, Mask

BACKGROUND_SIDE = 160  # the image is shrunk to about this before its background is taken


def grey(pixels: np.ndarray) -> Grey:
    """uint8 (h, w), from grey (h, w) or RGB (h, w, 3). Raises ValueError for other shapes."""
    if pixels.dtype == np.bool_:
        pixels = pixels.astype(np.uint8) * 255
    if pixels.ndim == 3 and pixels.shape[2] == 3:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    if pixels.ndim != 2:
        raise ValueError(f"pixels of shape {pixels.shape} are neither grey nor RGB")
    return np.ascontiguousarray(pixels, np.uint8)


def flatten(image: Grey) -> Grey:
    """The image with paper at white: divided by a median of its surroundings."""
    height, width = image.shape
    shrink = max(1.0, max(height, width) / BACKGROUND_SIDE)
    small = cv2.resize(
        image,
        (max(1, round(width / shrink)), max(1, round(height / shrink))),
        interpolation=cv2.INTER_AREA,
    )
    small = cv2.medianBlur(cv2.dilate(small, np.ones((3, 3), np.uint8)), 9)
    paper = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(image, np.maximum(paper, 1), scale=255), np.uint8)


def ink_of(image: Grey) -> Mask:
    """bool (h, w): True where there is ink (Otsu's threshold on flattened light)."""
    flat = flatten(image)
    threshold, _ = cv2.threshold(flat, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(flat <= min(threshold, 215), np.bool_)
