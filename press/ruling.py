"""What a printer rules on a page: its frame, lines between registers, bars, boxes.

How often each is ruled is read off real pages: on the two folds of 1939 a line is found under 92
and 91 of 100 polygons that have another below, on that of 1921 under all; between columns of two
articles side by side a bar is found 31 of 38 times, on that of 1921 from register to register, and
what adjoins without white has one too. All lengths are pixels of the sheet.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from baoguan.model import ArticleKind, RegionKind
from press.ecpo import Shape
from press.fonts import Face
from press.matching import EM
from press.sheet import Rect, Rule, SetArticle

HEAD_FACES = (Face.KAI, Face.SONG_BLACK, Face.HEI_BOLD, Face.SONG_BOLD)
BELOW = (-4.0, 60.0)  # from the foot of a polygon to the head of the next
ASIDE = (-4.0, 100.0)  # from a polygon to that on its left
SHARED = 30.0  # width that both span
LEVEL = 6.0  # lines this far apart in height are ruled as one
CLEAR = 8.0  # between a line and what stands in its way
JOINED = 60.0  # over a gap of this width


@dataclass(frozen=True, slots=True)
class Style:
    """What a printer does on one fold alike."""

    frame: str
    bar: str  # between articles side by side
    bars: float  # how often
    registers: float  # how often a line parts what stands above each other
    boxed: float
    indent: int
    head_face: Face
    body_face: Face


def style_of(rng: np.random.Generator) -> Style:
    return Style(
        frame=str(rng.choice(["wavy", "double-box", "box", ""], p=[0.4, 0.25, 0.3, 0.05])),
        bar=str(rng.choice(["thin", "chain", "wavy", "double"], p=[0.3, 0.3, 0.3, 0.1])),
        bars=float(rng.uniform(0.7, 1.0)),
        registers=float(rng.uniform(0.85, 1.0)),
        boxed=float(rng.uniform(0.0, 0.35)),
        indent=int(rng.integers(0, 2)),
        head_face=HEAD_FACES[int(rng.integers(len(HEAD_FACES)))],
        body_face=Face.SONG_BOLD if rng.random() < 0.6 else Face.SONG_MEDIUM,
    )


def rules_of(
    articles: Sequence[SetArticle],
    shapes: Sequence[Shape],
    style: Style,
    rng: np.random.Generator,
) -> list[Rule]:
    """The rules of a page whose `articles` stand in `shapes`."""
    inner = [s.rect for s in shapes if s.kind != "additional"]
    rules = [*_frame(shapes, style, inner)]
    for article in articles:
        if article.kind is ArticleKind.ARTICLE and article.headline:
            rules += _boxed(article, style, inner, rng)
    for line in _between_articles(articles, inner):
        if rng.random() < style.bars:
            rules.append(Rule(style.bar, line))
    lines = [
        Rule("thin", line)
        for line in _between_registers(articles, inner)
        if rng.random() < style.registers
    ]
    return rules + lines


def _frame(shapes: Sequence[Shape], style: Style, inner: Sequence[Rect]) -> Iterator[Rule]:
    columns = [s.rect for s in shapes if s.kind == "article"]
    if not style.frame or len(columns) <= 8:
        return
    frame = _around(columns).inset(-13)
    sides = style.frame.replace("-box", "") if style.frame != "box" else "thin"
    for edge in (
        Rect(frame.left, frame.top, frame.right, frame.top),
        Rect(frame.left, frame.bottom, frame.right, frame.bottom),
        Rect(frame.left, frame.top, frame.left, frame.bottom),
        Rect(frame.right, frame.top, frame.right, frame.bottom),
    ):
        if not _runs_through(edge, inner):
            yield Rule(sides, edge)


def _boxed(
    article: SetArticle, style: Style, inner: Sequence[Rect], rng: np.random.Generator
) -> Iterator[Rule]:
    """A box around an article that fills one, sometimes."""
    whole = _around([region.rect for region in article.regions])
    if rng.random() < style.boxed and _is_filled(article, whole):
        box = whole.inset(-8)
        if not any(_overlap(box, r) for r in inner if not whole.holds(r, 6)):
            yield Rule(str(rng.choice(["box", "double-box", "wavy-box"])), box)


def _between_articles(articles: Sequence[SetArticle], inner: Sequence[Rect]) -> list[Rect]:
    """Upright lines between polygons of two articles that stand side by side, those in line drawn
    through as one."""

    def joined(known: Rect, line: Rect) -> Rect | None:
        x = (known.left + line.left) / 2
        level = abs(known.left - line.left) < LEVEL and line.top - known.bottom < JOINED
        return Rect(x, known.top, x, max(known.bottom, line.bottom)) if level else None

    lines = sorted(_beside(articles), key=lambda each: (each.top, each.bottom))
    return _drawn_through(lines, joined, inner)


def _beside(articles: Sequence[SetArticle]) -> Iterator[Rect]:
    """In the white between each two polygons of different articles, as far as both reach."""
    stood = [
        (n, region.rect)
        for n, article in enumerate(articles)
        if article.kind is ArticleKind.ARTICLE
        for region in article.regions
        if region.kind in (RegionKind.TEXT, RegionKind.HEADLINE)
    ]
    for (n, right), (m, left) in itertools.permutations(stood, 2):
        top, bottom = max(right.top, left.top), min(right.bottom, left.bottom)
        if n != m and ASIDE[0] < right.left - left.right < ASIDE[1] and bottom - top > 2 * EM:
            x = (right.left + left.right) / 2
            yield Rect(x, top, x, bottom)


def _between_registers(articles: Sequence[SetArticle], inner: Sequence[Rect]) -> list[Rect]:
    """Lines under polygons that have others below, level ones drawn through as one."""

    def joined(known: Rect, line: Rect) -> Rect | None:
        around = _around([known, line])
        y = (known.top + line.top) / 2
        level = abs(known.top - line.top) < LEVEL and line.left - known.right < JOINED
        return Rect(around.left, y, around.right, y) if level else None

    lines = sorted(_under(articles), key=lambda each: (each.left, each.right))
    frame = _around(inner)
    return [_drawn_out(line, inner, frame) for line in _drawn_through(lines, joined, inner)]


def _drawn_through(
    lines: Sequence[Rect], joined: Callable[[Rect, Rect], Rect | None], inner: Sequence[Rect]
) -> list[Rect]:
    """The lines, two as one where `joined` makes one of them; none runs through print."""
    drawn: list[Rect] = []
    for line in lines:
        for k, known in enumerate(drawn):
            through = joined(known, line)
            if through is not None and not _runs_through(through, inner):
                drawn[k] = through
                break
        else:
            drawn.append(line)
    return [line for line in drawn if not _runs_through(line, inner)]


def _drawn_out(line: Rect, inner: Sequence[Rect], frame: Rect) -> Rect:
    """A line as far to both sides as nothing stands in its way."""
    level = [r for r in inner if r.top + 3 < line.top < r.bottom - 3]
    left = max((r.right + CLEAR for r in level if r.right <= line.left + 3), default=frame.left)
    right = min((r.left - CLEAR for r in level if r.left >= line.right - 3), default=frame.right)
    return Rect(min(left, line.left), line.top, max(right, line.right), line.top)


def _under(articles: Sequence[SetArticle]) -> Iterator[Rect]:
    """In the white between each two polygons that stand above each other, as far as both reach;
    under a headline with its own text or byline there is none."""
    stood = [
        (n, region.kind, region.rect)
        for n, article in enumerate(articles)
        for region in article.regions
        if region.kind in (RegionKind.TEXT, RegionKind.HEADLINE, RegionKind.ADVERTISEMENT)
        and region.rect.height > 3 * EM
    ]
    for (n, kind, upper), (m, other, lower) in itertools.permutations(stood, 2):
        left, right = max(upper.left, lower.left), min(upper.right, lower.right)
        near = BELOW[0] < lower.top - upper.bottom < BELOW[1] and right - left > SHARED
        adverts = kind is other is RegionKind.ADVERTISEMENT
        if near and not adverts and not (n == m and kind is RegionKind.HEADLINE):
            y = (upper.bottom + lower.top) / 2
            yield Rect(left, y, right, y)


def _around(rects: Sequence[Rect]) -> Rect:
    return Rect(
        min(r.left for r in rects),
        min(r.top for r in rects),
        max(r.right for r in rects),
        max(r.bottom for r in rects),
    )


def _overlap(one: Rect, other: Rect) -> bool:
    return (
        min(one.right, other.right) > max(one.left, other.left)
        and min(one.bottom, other.bottom) > max(one.top, other.top)
    )  # fmt: skip


def _runs_through(edge: Rect, inner: Sequence[Rect]) -> bool:
    grown = edge.inset(-1)
    return any(_overlap(grown, rect.inset(3)) for rect in inner)


def _is_filled(article: SetArticle, whole: Rect) -> bool:
    """Whether an article's polygons fill the rectangle around them."""
    area = sum({(r.rect.left, r.rect.top): r.rect.width * r.rect.height
                for r in article.regions}.values())  # fmt: skip
    return area > 0.8 * whole.width * whole.height
