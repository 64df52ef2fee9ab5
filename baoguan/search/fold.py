"""Folding: what a reader takes for the same character becomes the same character, one for one.

`fold` never changes the length of a text, so an offset in folded text is an offset in the original
and an index into the list of character boxes. `python -m baoguan.search.fold_table` writes the
table; docs/decisions/0002-folding.md says what is brought together and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import resources

_TABLE_FILE = "fold.txt"


def _read_table() -> tuple[Mapping[int, int], str]:
    written = resources.files("baoguan.search").joinpath("data", _TABLE_FILE).read_text("ascii")
    lines = [line for line in written.splitlines() if line and not line.startswith("#")]
    table: dict[int, int] = {}
    for line in lines:
        target, *sources = (int(code, 16) for code in line.split())
        table.update(dict.fromkeys(sources, target))
    return table, hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


_TABLE, FOLD_VERSION = _read_table()


def fold(text: str) -> str:
    """`text` with width, case, compatibility forms and variants folded, Traditional as Simplified.

    Code point by code point; folding twice is the same as folding once.
    """
    return text.translate(_TABLE)
