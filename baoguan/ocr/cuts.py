"""Recursive cuts on white: blocks of lines in reading order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from baoguan.model import Box, Line

Side = Callable[[Box], tuple[int, int]]


def blocks_in_order(
    lines: Sequence[Line], gap_across: float, gap_down: float, right_to_left: bool
) -> list[list[Line]]:
    """Lines parted at white bands, read top to bottom and then side by side.

    `gap_across` and `gap_down` are the least width of a white band between side-by-side blocks and
    between blocks one above the other.
    """
    if not lines:
        return []
    stacked = _parts(lines, lambda b: (b.top, b.bottom), gap_down)
    beside = _parts(lines, lambda b: (b.left, b.right), gap_across)
    if len(stacked) == 1 and len(beside) == 1:
        return [list(lines)]
    parts = stacked if len(stacked) > 1 else beside
    if parts is beside and right_to_left:
        parts = list(reversed(parts))
    return [
        block
        for part in parts
        for block in blocks_in_order(part, gap_across, gap_down, right_to_left)
    ]


def _parts(lines: Sequence[Line], side: Side, gap: float) -> list[list[Line]]:
    ordered = sorted(lines, key=lambda line: (side(line.box), line.box.as_tuple()))
    parts: list[list[Line]] = []
    end = float("-inf")
    for line in ordered:
        start, stop = side(line.box)
        if start >= end + gap or not parts:
            parts.append([])
        parts[-1].append(line)
        end = max(end, stop)
    return parts
