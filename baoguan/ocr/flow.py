"""Columns of vertical print followed leftwards: which column is read after which.

All distances are in `pitch`, the distance from one body column to the next.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baoguan.model import Box, Line
from baoguan.ocr.sheet import Mask, Rules

ITEM = "◎"  # before an item without a headline; around a name it is a caption's
FAR = 2.6  # between the middles of neighbours, beyond half their widths
LEVEL = 1.7  # by which the tops of neighbours may differ
HEADLINE = 1.35  # of the body's glyph side
STANDING = 1.2
HEAD_LEVEL = 4.5  # the same beside a headline
BOLD = 1.3  # of the ink of its neighbours
BOLD_SIZE = 1.0
SET_OFF = 1.1  # and by which one rather large is out of line with them, at the head and the foot
KICKER_SIZE = 1.12
KICKER_CHARS = 3  # fewer are the end of a paragraph
KICKER_DROP = 1.6  # of its width
RULE_NEAR = 0.9  # pitches
FREE = 1.1  # pitches that a bold column is shorter than its neighbours
FRAGMENT = 0.6  # glyph sides: the largest gap between pieces of body type
TOWER_HEAD = 1.1  # of the glyph side: a heading with text under it in its column
BARRED = 1.1
BAR_NEAR = 1.6
LOOSE = 1.2
SET_IN = 0.4  # of its cell: a shorter column is a byline, set in
SHARED = 0.5
FLAT = 1.3  # of the step from character to character: a thicker column was cut too wide
MANY = 6  # characters by whose step that is told
LAPPED = 0.7  # of its thickness: pieces of a headline share a character at most
WITHIN_COLUMN = 2.2  # glyph sides: the largest gap within a column
NEXT = 1.2  # glyph sides to the column beside
IN_LINE, PIECES = 0.25, 6.0  # pitches: by which pieces of a rule are apart, aside and along
HIGHER = 0.02  # cost of each pitch that a column is further below a headline's head than four
PART = 0.25  # of a column's width that print over one side of it covers
ACROSS_COVER = 0.5  # of a column's width that a rule must cover to stop it


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column in its cell: free room from `ceiling` to `floor`, up to a rule or print.

    `lines` are its pieces from top to foot. `top` is where it begins, or where the horizontal
    headline above it does. `size` is the side of its glyphs, in the page's body glyphs, `dark` the
    share of its box that is ink.
    """

    lines: tuple[Line, ...]
    box: Box
    ceiling: float
    floor: float
    top: float
    size: float
    dark: float = 0.0

    bold: bool = False  # darker than the page's body

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def is_item(self) -> bool:
        """Whether it begins an item without a headline, as its sign tells."""
        text = self.first.text
        return text.startswith(ITEM) and not text.endswith(ITEM)

    @property
    def stands_out(self) -> bool:
        return self.size >= STANDING or self.bold

    @property
    def middle(self) -> float:
        return self.box.centre[0]


def pitch_of(lines: Sequence[Line], glyph: float) -> float:
    """The distance between neighbouring body columns: median over each column's nearest on the
    left that overlaps it by half; the glyph's side where there are none."""
    body = [line for line in lines if line.direction.vertical and line.box.width < HEADLINE * glyph]
    lefts, tops, rights, bottoms = sides_of([line.box for line in body])
    middles, heights = (lefts + rights) / 2, bottoms - tops
    steps = []
    for middle, top, bottom in zip(middles, tops, bottoms, strict=True):
        shared = np.minimum(bottoms, bottom) - np.maximum(tops, top)
        level = np.maximum(shared, 0) > 0.5 * np.minimum(heights, bottom - top)
        beside = middle - middles[(rights < middle) & level]
        if beside.size:
            steps.append(float(beside.min()))
    close = [step for step in steps if step < 2.5 * glyph]
    return float(np.median(close)) if close else glyph


def sides_of(boxes: Sequence[Box]) -> npt.NDArray[np.float64]:
    """(4, boxes): their left, top, right and bottom sides."""
    return np.array([box.as_tuple() for box in boxes], np.float64).reshape(-1, 4).T


def _shared(one: Box, other: Box) -> float:
    """Height that both span."""
    return max(0, min(one.bottom, other.bottom) - max(one.top, other.top))


def columns_of(
    lines: Sequence[Line],
    rules: Rules,
    extent: Box,
    glyph: float,
    heads: Mapping[int, float],
    ink: Mask,
) -> list[Column]:
    """The vertical ones of `lines`, pieces joined, with the room above and below each in `extent`.

    `heads` maps the id of a line to the top of the horizontal headlines above it.
    """
    upright = [line for line in lines if line.direction.vertical]
    darks = {id(line): share_of_ink(ink, line.box) for line in upright}
    body = [darks[id(line)] for line in upright if size_of(line) < HEADLINE * glyph]
    usual = float(np.median(body)) if body else 1.0
    plain = [
        line.box
        for line in upright
        if darks[id(line)] < BOLD * usual and line.box.width < HEADLINE * glyph
    ]
    covered = {
        id(line): float(head.box.top)
        for head, under in heads_over(upright, plain, rules, glyph)
        for line in under
    }
    columns = []
    lefts, _, rights, _ = sides_of([line.box for line in lines])
    for pieces in towers(upright, plain, rules, glyph):
        box = Box.around(line.box for line in pieces)
        over = itertools.compress(lines, (lefts < box.right) & (rights > box.left))
        others = [line for line in over if not any(line is piece for piece in pieces)]
        ceiling = _ceiling(box, others, rules, extent)
        floor = _floor(box, others, rules, extent)
        first = pieces[0]
        known = heads.get(id(first), covered.get(id(first)))
        top = _top_of(first, upright, plain, glyph) if known is None else known
        dark, size = darks[id(first)], _size_in_text(first) / glyph
        bold = dark > BOLD * usual and size > BOLD_SIZE
        columns.append(Column(tuple(pieces), box, min(ceiling, top), floor, top, size, dark, bold))
    return columns


def _top_of(line: Line, lines: Sequence[Line], plain: Sequence[Box], glyph: float) -> float:
    """Where a column begins: its own top, or that of the wide heading right above it."""
    box, wider = line.box, max(HEADLINE * glyph, 1.25 * line.box.width)
    for other in lines:
        if other.box.width <= wider:
            continue
        under = other.box.left - 0.3 * glyph < box.centre[0] < other.box.right + 0.3 * glyph
        close = -0.3 * glyph < box.top - other.box.bottom < WITHIN_COLUMN * glyph
        if under and close and _run_past(other.box, box, plain, glyph):
            return float(other.box.top)
    return float(box.top)


def towers(
    lines: Sequence[Line], plain: Sequence[Box], rules: Rules, glyph: float
) -> list[list[Line]]:
    """Lines joined down the page where one column goes on after a gap.

    A gap is within a column, and not between two registers, where a column beside it runs past it,
    or a headline past all of both.
    """
    heads = [line.box for line in lines if size_of(line) >= HEADLINE * glyph]
    below = {id(head): under[0] for head, under in heads_over(lines, plain, rules, glyph)}
    taken = {id(line) for line in below.values()}
    ordered = sorted(lines, key=lambda each: each.box.top)
    tops = [line.box.top for line in ordered]
    for line in ordered:
        if id(line) in below:
            continue
        lapped = max(0.3 * glyph, LAPPED * line.box.width)
        first = bisect.bisect_left(tops, line.box.bottom - lapped)
        last = bisect.bisect_left(tops, line.box.bottom + WITHIN_COLUMN * glyph)
        near = [
            other
            for other in ordered[first:last]
            if id(other) not in taken and _goes_on(line, other, plain, heads, rules, glyph)
        ]
        if near:
            below[id(line)] = min(near, key=lambda o: o.box.top)
            taken.add(id(below[id(line)]))
    found = []
    for line in lines:
        if id(line) not in taken:
            tower = [line]
            while id(tower[-1]) in below:
                tower.append(below[id(tower[-1])])
            found.append(tower)
    return found


def heads_over(
    lines: Sequence[Line], plain: Sequence[Box], rules: Rules, glyph: float
) -> list[tuple[Line, list[Line]]]:
    """Each heading in a column that stands over two columns of text or more, and these from the
    right. Bars beside it are as good as its own width."""
    found = []
    for head in lines:
        if not head.direction.vertical or size_of(head) < STANDING * glyph:
            continue
        right, left = _bars(head.box, rules, glyph)
        span = Box.around([head.box, *right, *left])
        under = [
            line
            for line in lines
            if line.direction.vertical
            and span.left < line.box.centre[0] < span.right
            and size_of(line) < STANDING * glyph
            and _goes_on_under(head.box, line.box, plain, rules, glyph)
        ]
        if len(under) > 1:
            found.append((head, sorted(under, key=lambda line: -line.box.centre[0])))
    return found


def _goes_on_under(a: Box, b: Box, plain: Sequence[Box], rules: Rules, glyph: float) -> bool:
    if not -0.3 * glyph < b.top - a.bottom < WITHIN_COLUMN * glyph:
        return False
    if any(a.centre[1] < r.centre[1] < b.centre[1] and _covers(b, r) for r in rules.across):
        return False
    return any(
        o.top < min(b.bottom, a.bottom - glyph)
        and o.bottom > max(a.top, b.top + glyph)
        and _next_to(o, a, b, glyph)
        for o in plain
    )


def _goes_on(
    line: Line, other: Line, plain: Sequence[Box], heads: Sequence[Box], rules: Rules, glyph: float
) -> bool:
    a, b = line.box, other.box
    gap = b.top - a.bottom
    if other is line or gap >= WITHIN_COLUMN * glyph:
        return False
    shared = min(a.right, b.right) - max(a.left, b.left)
    if shared < 0.6 * min(a.width, b.width):
        return False
    if gap <= -0.3 * glyph:
        large = min(size_of(line), size_of(other)) > HEADLINE * glyph
        if not large or gap <= -LAPPED * min(a.width, b.width):
            return False
    if any(a.centre[1] < r.centre[1] < b.centre[1] and _covers(b, r) for r in rules.across):
        return False
    if any(h.top <= a.top and h.bottom >= b.bottom and _next_to(h, a, b, glyph) for h in heads):
        return True
    if gap > FRAGMENT * glyph and size_of(line) < TOWER_HEAD * glyph:
        return False
    return _run_past(a, b, plain, glyph)


def _run_past(a: Box, b: Box, plain: Sequence[Box], glyph: float) -> bool:
    """Whether a column of body type beside `a` and `b` runs past the gap between them, or there is
    no such column."""
    top, bottom = a.bottom - 0.5 * glyph, b.top + 0.5 * glyph
    beside = [
        o for o in plain if o.top < b.bottom and o.bottom > a.top and _next_to(o, a, b, glyph)
    ]
    return not beside or any(o.top < top and o.bottom > bottom for o in beside)


def _next_to(box: Box, a: Box, b: Box, glyph: float) -> bool:
    left, right = min(a.left, b.left), max(a.right, b.right)
    return (
        -0.5 * glyph < left - box.right < NEXT * glyph
        or -0.5 * glyph < box.left - right < NEXT * glyph
    )


def right_above(row: Line, head: Line, glyph: float) -> bool:
    """Whether a horizontal line stands right above a horizontal headline."""
    if row.direction.vertical:
        return False
    gap = head.box.top - row.box.bottom
    shared = min(row.box.right, head.box.right) - max(row.box.left, head.box.left)
    higher = row.box.top < head.box.top
    return (
        higher and -0.5 * glyph < gap < glyph and shared > 0.5 * min(row.box.width, head.box.width)
    )


def size_of(line: Line) -> float:
    """The side of a line's glyphs, pixels: its thickness, unless its characters stand closer."""
    box, down = line.box, line.direction.vertical
    thick = box.width if down else box.height
    return min(float(thick), 1.45 * _step_of(line)) if len(line.chars) > 2 else float(thick)


def _step_of(line: Line) -> float:
    """From character to character of a line of some."""
    middles = [char.box.centre[1 if line.direction.vertical else 0] for char in line.chars]
    return abs(middles[-1] - middles[0]) / (len(middles) - 1)


def _size_in_text(line: Line) -> float:
    """The side of the glyphs of a column among others, where it may have been cut too wide."""
    whole = size_of(line)
    return min(whole, FLAT * _step_of(line)) if len(line.chars) >= MANY else whole


def share_of_ink(ink: Mask, box: Box) -> float:
    inside = ink[box.top : box.bottom, box.left : box.right]
    return float(inside.mean()) if inside.size else 0.0


def _covers(box: Box, other: Box) -> bool:
    """Whether `other` spans enough of the width of `box` to stop it."""
    width = min(box.right, other.right) - max(box.left, other.left)
    return width > ACROSS_COVER * min(box.width, max(other.width, 1))


def _stands_over(box: Box, other: Box) -> bool:
    """Whether print stops a column above or below it: not what only touches its side."""
    aside = abs(box.centre[0] - other.centre[0])
    return _covers(box, other) and aside < 0.45 * max(box.width, other.width)


def _ceiling(box: Box, lines: Sequence[Line], rules: Rules, extent: Box) -> float:
    above = [float(extent.top)]
    middle = box.centre[1]
    above += [r.bottom for r in rules.across if r.centre[1] < middle and _covers(box, r)]
    over = [
        line.box
        for line in lines
        if line.box.centre[1] < middle and line.box.bottom <= box.top + 0.3 * box.width
    ]
    above += [other.bottom for other in over if _stands_over(box, other)]
    lefts, rights = _on_both_sides(box, over)
    if lefts and rights:
        above.append(min(max(o.bottom for o in lefts), max(o.bottom for o in rights)))
    return min(max(above), float(box.top))


def _floor(box: Box, lines: Sequence[Line], rules: Rules, extent: Box) -> float:
    below = [float(extent.bottom)]
    middle = box.centre[1]
    below += [r.top for r in rules.across if r.centre[1] > middle and _covers(box, r)]
    under = [
        line.box
        for line in lines
        if line.box.centre[1] > middle and line.box.top >= box.bottom - 0.3 * box.width
    ]
    below += [other.top for other in under if _stands_over(box, other)]
    lefts, rights = _on_both_sides(box, under)
    if lefts and rights:
        below.append(max(min(o.top for o in lefts), min(o.top for o in rights)))
    return max(min(below), float(box.bottom))


def _on_both_sides(box: Box, others: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Print over the left and over the right part of a column: two columns of another register,
    set off by half of one, stop it together."""
    over = [o for o in others if min(box.right, o.right) - max(box.left, o.left) > PART * box.width]
    return (
        [o for o in over if o.centre[0] < box.centre[0]],
        [o for o in over if o.centre[0] >= box.centre[0]],
    )


def walled(one: Column, other: Column, rules: Rules) -> bool:
    """Whether a rule stands between two neighbours (`other` on the left) where both have print."""
    top, bottom = max(one.box.top, other.box.top), min(one.box.bottom, other.box.bottom)
    if bottom <= top:
        top, bottom = min(one.box.top, other.box.top), max(one.box.bottom, other.box.bottom)
    hidden = 0
    for rule in rules.down:
        between = other.middle < rule.centre[0] < one.middle
        bar = one.stands_out and (_is_bar(rule, one) or _is_bar(rule, other))
        if between and not bar:
            hidden += max(0, min(bottom, rule.bottom) - max(top, rule.top))
    return hidden > 0.4 * (bottom - top)


def _is_bar(rule: Box, heading: Column) -> bool:
    """A bar beside a boxed sub-heading: no longer than it."""
    room = 0.9 * heading.box.width
    box = heading.box
    return heading.stands_out and rule.top > box.top - room and rule.bottom < box.bottom + room


def follow(columns: Sequence[Column], rules: Rules, pitch: float) -> dict[int, int]:
    """For each column the one read after it, on its left; nearest and most level pairs first."""
    near = list(_on_the_left(columns, max(FAR, LOOSE) * pitch))
    pairs = []
    for i, k in near:
        cost = _cost(columns[i], columns[k], pitch)
        if cost is not None:
            pairs.append((cost, i, k))
    after: dict[int, int] = {}
    taken: set[int] = set()
    loose = [
        (columns[i].box.left - columns[k].box.right, i, k)
        for i, k in near
        if _beside(columns[i], columns[k], pitch)
    ]
    for _, i, k in [*sorted(pairs), *sorted(loose)]:
        if i in after or k in taken or walled(columns[i], columns[k], rules):
            continue
        if _between(columns, i, k):
            continue
        after[i] = k
        taken.add(k)
    return after


def _on_the_left(columns: Sequence[Column], far: float) -> Iterator[tuple[int, int]]:
    """Pairs of columns of which the second reaches further left, and is no more than `far` away."""
    lefts, _, rights, _ = sides_of([column.box for column in columns])
    for i in range(len(columns)):
        near = (lefts < rights[i]) & (lefts[i] - rights <= far)
        yield from ((i, int(k)) for k in np.flatnonzero(near) if k != i)


def _beside(column: Column, other: Column, pitch: float) -> bool:
    """Whether `other` stands left of `column`, along most of the shorter one."""
    gap = column.box.left - other.box.right
    shared = _shared(column.box, other.box)
    return (
        -0.6 * pitch < gap < LOOSE * pitch
        and other.middle < column.middle - 0.4 * pitch
        and shared > SHARED * min(column.box.height, other.box.height)
        and not other.is_item
    )


def _cost(column: Column, other: Column, pitch: float) -> float | None:
    """None where `other` cannot be read after `column`."""
    leaving, entered = column.lines[-1].box, other.first.box
    gap = leaving.left - entered.right
    nearest = -max(0.6 * pitch, 0.5 * min(leaving.width, entered.width))
    if entered.centre[0] >= leaving.centre[0] - 0.4 * pitch or not nearest <= gap <= FAR * pitch:
        return None
    if min(column.floor, other.floor) - max(column.ceiling, other.ceiling) < pitch or other.is_item:
        return None
    ceiling = abs(column.ceiling - other.ceiling) / pitch
    if column.stands_out and not other.stands_out:
        above = other.box.top < column.ceiling - LEVEL * pitch
        if above or (ceiling > LEVEL and _shared(column.box, other.box) < pitch):
            return None
        level = _below_head(column, other) / pitch
    else:
        level = abs(column.top - other.top) / pitch
        if min(level, ceiling) > (HEAD_LEVEL if other.stands_out or column.stands_out else LEVEL):
            return None
    further = HIGHER * max(0.0, level - 4.0)  # of two far ones the higher
    return max(0.0, gap / pitch) + 0.5 * min(level, 4.0) + further + 0.3 * min(ceiling, 3.0)


def _below_head(headline: Column, other: Column) -> float:
    """How far a column beside a headline is from the head of the headline's cell: the headline
    stands anywhere in it, the text begins there. A byline is set in: its cell counts."""
    own = abs(other.box.top - headline.ceiling)
    short = other.box.height < SET_IN * (other.floor - other.ceiling)
    return min(own, abs(other.ceiling - headline.ceiling)) if short else own


def _between(columns: Sequence[Column], i: int, k: int) -> bool:
    """Whether a third column stands between the two, beside both."""
    right, left = columns[i], columns[k]
    top, bottom = max(right.box.top, left.box.top), min(right.box.bottom, left.box.bottom)
    if bottom < top:
        top, bottom = bottom, top
    start, end = left.middle, right.middle
    thirds = [line.box for j, c in enumerate(columns) if j not in (i, k) for line in c.lines]
    for third in thirds:
        if third.left < start or third.right > end or not start < third.centre[0] < end:
            continue
        shared = min(bottom, third.bottom) - max(top, third.top)
        if shared > 0.5 * min(third.height, bottom - top):
            return True
    return False


def chains_of(count: int, after: dict[int, int]) -> list[list[int]]:
    """Columns joined in reading order, each in one chain."""
    starts = sorted(set(range(count)) - set(after.values()))
    chains = []
    for start in starts:
        chain = [start]
        while chain[-1] in after:
            chain.append(after[chain[-1]])
        chains.append(chain)
    return chains


def headings(columns: Sequence[Column], chain: Sequence[int], pitch: float) -> set[int]:
    """Which columns of a chain are headings: large; bold and short for their register; or rather
    large and set in for it."""
    found = {i for i in chain if columns[i].size >= HEADLINE}
    for n, i in enumerate(chain):
        near = [columns[k] for k in chain[max(0, n - 5) : n + 6] if k != i and k not in found]
        if len(near) < 2 or i in found or columns[i].size < BOLD_SIZE:
            continue
        bold = columns[i].dark > BOLD * float(np.median([c.dark for c in near]))
        standing = columns[i].size >= STANDING and _set_in(columns[i], near) > SET_OFF * pitch
        if standing or (bold and _free(columns[i], near) > FREE * pitch):
            found.add(i)
    return found | {
        i
        for i, k in itertools.pairwise(chain)
        if k in found and _is_kicker(columns[i], columns[k], pitch)
    }


def _set_in(column: Column, near: Sequence[Column]) -> float:
    """By how much a column begins below its neighbours and does not end level with them."""
    head = column.box.top - min(c.box.top for c in near)
    foot = max(c.box.bottom for c in near) - column.box.bottom
    return min(head, abs(foot))


def _free(column: Column, near: Sequence[Column]) -> float:
    """By how much a column is shorter than its neighbours at both ends together."""
    head = column.box.top - min(c.box.top for c in near)
    foot = max(c.box.bottom for c in near) - column.box.bottom
    return max(0, head) + max(0, foot)


def _is_kicker(column: Column, heading: Column, pitch: float) -> bool:
    """The small line before a headline: shorter than it, and away from the head of the register
    or larger than body type."""
    if sum(len(line.chars) for line in column.lines) < KICKER_CHARS:
        return False
    room = KICKER_DROP * column.box.width
    lower = column.box.top - column.ceiling > room
    if lower and column.floor - column.box.bottom > room:
        return True
    if column.stands_out and column.floor - column.box.bottom > pitch:
        return True
    if column.box.height > 0.8 * heading.box.height:
        return False
    within = column.box.bottom < heading.box.bottom + 0.5 * column.box.width
    ends_early = column.box.bottom < heading.box.bottom - 0.25 * heading.box.height
    return (lower and within) or (column.size > KICKER_SIZE and ends_early)


def ruled_on_right(column: Column, rules: Rules, pitch: float) -> bool:
    """Whether a vertical rule stands right beside a heading, in its cell."""
    for rule in rules.down:
        beside = -0.2 * pitch < rule.centre[0] - column.box.right < RULE_NEAR * pitch
        shared = min(rule.bottom, column.floor) - max(rule.top, column.ceiling)
        if beside and shared > 2 * pitch:
            return True
    return False


def without_bars(rules: Rules, lines: Sequence[Line], glyph: float) -> Rules:
    """Bars on both sides of a sub-heading part nothing; they are left out."""
    bars: list[Box] = []
    for line in lines:
        if line.direction.vertical and size_of(line) > BARRED * glyph:
            right, left = _bars(line.box, rules, glyph)
            if right and left:
                bars += right + left
    return Rules(rules.across, tuple(r for r in rules.down if r not in bars))


def _bars(box: Box, rules: Rules, glyph: float) -> tuple[list[Box], list[Box]]:
    """Rules as long as a heading, close to its right and to its left."""
    alike = [
        r
        for r in rules.down
        if abs(r.top - box.top) < 1.2 * glyph and abs(r.bottom - box.bottom) < 1.2 * glyph
    ]
    right = [r for r in alike if -0.3 * glyph < r.left - box.right < BAR_NEAR * glyph]
    left = [r for r in alike if -0.3 * glyph < box.left - r.right < BAR_NEAR * glyph]
    return right, left


def without_decoration(rules: Rules, pitch: float) -> Rules:
    """Rules that stand between all columns of a block part nothing: vertical rules that have a
    like one on both sides, a column's pitch away, are left out. Pieces of a rule count as one."""
    whole = {rule: _whole(rule, rules.down, pitch) for rule in rules.down}

    def beside(rule: Box, sign: int) -> bool:
        for other in whole.values():
            step = sign * (other.centre[0] - rule.centre[0]) / pitch
            shared = min(rule.bottom, other.bottom) - max(rule.top, other.top)
            if 0.7 < step < 2.4 and shared > 0.4 * min(rule.height, other.height):
                return True
        return False

    decorating = {r for r in rules.down if beside(whole[r], 1) and beside(whole[r], -1)}
    return Rules(rules.across, tuple(r for r in rules.down if r not in decorating))


def _whole(piece: Box, rules: Sequence[Box], pitch: float) -> Box:
    """The rule of which `piece` is a part: what is in line with it, across gaps."""
    whole = piece
    for rule in sorted(rules, key=lambda each: abs(each.centre[1] - piece.centre[1])):
        aside = abs(rule.centre[0] - piece.centre[0])
        gap = max(rule.top - whole.bottom, whole.top - rule.bottom)
        if aside < IN_LINE * pitch and gap < PIECES * pitch:
            whole = Box.around([whole, rule])
    return whole
