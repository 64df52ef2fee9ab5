"""Where articles begin: chains of columns are cut into runs.

A headline begins an article, a lone heading among the columns of one does not; see
`docs/decisions/0003-layout.md`.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from baoguan.model import Line
from baoguan.ocr.flow import Column, headings, right_above, ruled_on_right
from baoguan.ocr.links import Run, signed_from
from baoguan.ocr.sheet import Rules

SET_IN = 1.4  # pitches
GREAT, RANK = 1.7, 0.6  # glyph sides; of the greatest headline before it
APART_SIZE, APART = 1.5, 0.35  # in glyph sides and pitches: large, and parted by white


def runs_of(
    columns: Sequence[Column],
    chains: Sequence[Sequence[int]],
    leading: Mapping[int, Line],
    pitch: float,
    rules: Rules,
) -> list[Run]:
    """Chains of columns, cut where an article begins: before headlines and items.

    `leading` maps the id of a line to the horizontal headline above it.
    """
    runs = []
    for chain in chains:
        heads = headings(columns, chain, pitch)
        ruled = {i for i in heads if ruled_on_right(columns[i], rules, pitch)}
        starts = {0} | {
            n
            for n in range(1, len(chain))
            if _begins(columns, chain, n, heads, ruled, leading, pitch)
        }
        signed = {
            n for n in range(1, len(chain)) if _ends_signed(columns, chain, n - 1, heads, pitch)
        }
        within_text = _heads_within(columns, chain, sorted(starts), heads, leading, rules, pitch)
        starts -= within_text
        edges = [*sorted(starts | signed), len(chain)]
        for first, end in itertools.pairwise(edges):
            part = [columns[i] for i in chain[first:end]]
            led = id(part[0].first) in leading or any(first < n < end for n in within_text)
            begun = first in starts - {0} or chain[first] in heads
            begun = begun or _is_titled(columns, chain, first, heads, pitch)
            begins = begun or led or part[0].is_item
            marked = frozenset(n for n, i in enumerate(chain[first:end]) if i in heads)
            runs.append(Run(tuple(part), _heads(part, leading), begins, headings=marked))
    return runs


def _begins(
    columns: Sequence[Column],
    chain: Sequence[int],
    n: int,
    heads: set[int],
    ruled: set[int],
    leading: Mapping[int, Line],
    pitch: float,
) -> bool:
    """Whether an article begins at the n-th column of a chain, after other columns.

    Under another headline across than the column before one does, unless that stands right above
    the other's; with a title that has a byline one does. A lone heading without a rule on its right
    is a sub-heading, unless it is large and white parts it from the column before, it stands below
    that, or it is great beside the greatest before it.
    """
    column, last = columns[chain[n]], columns[chain[n - 1]]
    head, known = leading.get(id(column.first)), leading.get(id(last.first))
    if head is not None and head is not known:
        return known is None or not right_above(head, known, pitch)
    if _is_titled(columns, chain, n, heads, pitch):
        return True
    if chain[n] not in heads or chain[n - 1] in heads:
        return False
    together = any(i in heads for i in chain[n + 1 : n + 3])
    apart = last.box.left - column.box.right > APART * pitch and column.size >= APART_SIZE
    below = column.box.top > last.box.bottom
    before = max((columns[i].size for i in chain[:n] if i in heads), default=0.0)
    great = column.size >= max(GREAT, RANK * before)
    return together or chain[n] in ruled or apart or below or great


def _ends_signed(
    columns: Sequence[Column], chain: Sequence[int], n: int, heads: set[int], pitch: float
) -> bool:
    """Whether an article ends with the n-th column of a chain: with a name in brackets, well above
    its floor. A name alone at the beginning or after a title is a byline."""
    column = columns[chain[n]]
    text = column.lines[-1].text
    named = signed_from(text) >= 0
    byline = text.startswith("（") and (n == 0 or _is_title(columns, chain[n - 1], heads, pitch))
    titled = byline or chain[n] in heads
    return named and not titled and column.floor - column.box.bottom > pitch


def _is_titled(
    columns: Sequence[Column], chain: Sequence[int], n: int, heads: set[int], pitch: float
) -> bool:
    """Whether the n-th column of a chain is a title: a name in brackets is all that the next one
    says, and it stands out or is set in."""
    if n + 1 == len(chain) or signed_from(columns[chain[n + 1]].first.text) != 0:
        return False
    after_head = n > 0 and chain[n - 1] in heads
    return not after_head and _is_title(columns, chain[n], heads, pitch)


def _is_title(columns: Sequence[Column], i: int, heads: set[int], pitch: float) -> bool:
    """A heading, or a column set in further than a paragraph is."""
    return i in heads or columns[i].box.top - columns[i].ceiling > SET_IN * pitch


def _heads_within(
    columns: Sequence[Column],
    chain: Sequence[int],
    starts: Sequence[int],
    heads: set[int],
    leading: Mapping[int, Line],
    rules: Rules,
    pitch: float,
) -> set[int]:
    """The start under a horizontal headline that stands in the midst of its text: where the columns
    before it have no headline of their own and a rule parts them from what stands on their right.
    """
    if len(starts) < 2:
        return set()
    first, n = columns[chain[0]], starts[1]
    led = id(columns[chain[n]].first) in leading
    headless = not any(i in heads or id(columns[i].first) in leading for i in chain[:n])
    at_edge = not any(
        0 < c.box.left - first.box.right < 2.5 * pitch
        and min(c.box.bottom, first.box.bottom) - max(c.box.top, first.box.top) > pitch
        for c in columns
    )
    if led and headless and not at_edge and ruled_on_right(first, rules, pitch):
        return {n}
    return set()


def _heads(part: Sequence[Column], leading: Mapping[int, Line]) -> tuple[Line, ...]:
    heads: list[Line] = []
    for column in part:
        head = leading.get(id(column.first))
        if head is not None and head not in heads:
            heads.append(head)
    return tuple(heads)
