"""Whether two texts share a passage, though neither was read without faults.

A text is sampled: of its runs of five tokens those whose hash falls on one in four, whatever stands
around them, so that the same run is taken wherever it is printed (sampling by the hash itself:
Manber 1994, "Finding similar files in a large file system"; Broder 1997). Texts that share two such
runs at about the same distance are laid side by side (Smith and Waterman 1981, with linear gaps),
which bears misread, missing and added characters.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baoguan.search.cutting import Token

RUN = 5  # tokens in a shingle
ONE_IN = 4  # shingles are kept
SHORTEST = 24  # tokens that must be the same for a passage to be one
LONGEST = 3000  # tokens of each text that are laid side by side
_SAME, _OTHER, _GAP = 2, -1, -2  # scores; with one character in five wrong a pair still earns 1.4

Codes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A passage in two texts: tokens from start to end in each, and how many are the same."""

    one: tuple[int, int]
    other: tuple[int, int]
    same: int

    @property
    def likeness(self) -> float:
        """The share of the longer side's tokens that are the same, 0 to 1."""
        return self.same / max(self.one[1] - self.one[0], self.other[1] - self.other[0])


def codes(tokens: Sequence[Token]) -> Codes:
    """A number for each token: its code point, or a checksum of more than one."""
    return np.array(
        [
            ord(token.text) if len(token.text) == 1 else zlib.crc32(token.text.encode()) | 1 << 32
            for token in tokens
        ],
        dtype=np.uint64,
    )


def sample(text: Codes) -> dict[int, int]:
    """The shingles kept of a text, each with the place where it first begins."""
    if len(text) < RUN:
        return {}
    hashes = np.zeros(len(text) - RUN + 1, dtype=np.uint64)
    for offset in range(RUN):
        hashes = hashes * _FACTOR + text[offset : offset + len(hashes)]
    hashes = _mixed(hashes)
    places = np.flatnonzero(hashes % np.uint64(ONE_IN) == 0)
    kept = (hashes[places] >> np.uint64(2)).tolist()  # below 2 ** 62: databases count signed
    return dict(zip(reversed(kept), places.tolist()[::-1], strict=True))


def align(one: Codes, other: Codes) -> Alignment | None:
    """The best passage that both share; None where it is too short to be one.

    Takes memory and time by the product of their lengths, 0.1 s for two of LONGEST.
    """
    if not len(one) or not len(other):
        return None
    scores = _scores(one, other)
    found = _traced(scores, one, other)
    return found if found.same >= SHORTEST else None


_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def _mixed(values: Codes) -> Codes:
    """Each bit of the result hangs on each bit of the value (the finish of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Codes = values ^ (values >> np.uint64(31))
    return mixed


def _scores(one: Codes, other: Codes) -> NDArray[np.int32]:
    """The score of the best passage that ends at each pair of tokens, one row for each of `one`.

    Within a row a gap may run on; as its cost is linear, the best of all is a running maximum.
    """
    width = len(other)
    ramp = np.arange(width + 1, dtype=np.int32) * -_GAP
    scores = np.zeros((len(one) + 1, width + 1), dtype=np.int32)
    for row, code in enumerate(one, 1):
        above = scores[row - 1]
        here = scores[row]
        np.maximum(above[:-1] + np.where(other == code, _SAME, _OTHER), 0, out=here[1:])
        np.maximum(here, above + _GAP, out=here)
        np.maximum.accumulate(here + ramp, out=here)
        here -= ramp
    return scores


def _traced(scores: NDArray[np.int32], one: Codes, other: Codes) -> Alignment:
    """From the end of the best passage back to its beginning."""
    end_row, end_column = np.unravel_index(int(scores.argmax()), scores.shape)
    row, column, same = int(end_row), int(end_column), 0
    while (score := scores[row, column]) > 0:
        alike = bool(one[row - 1] == other[column - 1])
        if score == scores[row - 1, column - 1] + (_SAME if alike else _OTHER):
            row, column, same = row - 1, column - 1, same + alike
        elif score == scores[row - 1, column] + _GAP:
            row -= 1
        else:
            column -= 1
    return Alignment((row, int(end_row)), (column, int(end_column)), same)
