"""Profiles along a line or across a page: values smoothed, and where flags are set."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def smooth(values: np.ndarray, width: int) -> np.ndarray:
    """The mean of `width` values around each; beyond the ends are zeros."""
    return np.convolve(values, np.ones(width) / width, mode="same")


def runs(flags: npt.NDArray[np.bool_], gap: float = 1.0) -> list[tuple[int, int]]:
    """The first and the end of each stretch of true flags, no two of which are further apart than
    `gap`."""
    steps = np.flatnonzero(flags)
    parts = np.split(steps, np.flatnonzero(np.diff(steps) > gap) + 1)
    return [(int(part[0]), int(part[-1]) + 1) for part in parts if len(part)]
