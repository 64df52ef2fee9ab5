"""A page set again: the true texts in the polygons in which a real page had them.

What no polygon could be found for is laid out in those left over. The truth is what was set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from baoguan.model import ArticleKind, Direction, RegionKind
from press.drawing import PICTURES
from press.ecpo import Shape, Told
from press.fonts import Face
from press.matching import (
    EM,
    PITCH,
    Chain,
    body_of,
    can_follow,
    columns_in,
    is_byline,
    match,
    rows_of,
    starts_at,
    title_of,
)
from press.pouring import Part, advertisement, fitted, pour
from press.sheet import Rect, Rule, SetArticle, SetPage, SetRegion

HEAD_FACES = (Face.KAI, Face.SONG_BLACK, Face.HEI_BOLD, Face.SONG_BOLD)
ADVERT_FACES = (Face.SONG_BOLD, Face.SONG_BLACK, Face.HEI_BOLD, Face.KAI, Face.SONG)
LOW = 78.0  # a lower polygon holds a row
SUBHEAD = 11  # characters: a longer paragraph of one line is no sub-heading


@dataclass(frozen=True, slots=True)
class Style:
    """What a printer does on one fold alike."""

    frame: str
    bar: str  # on the right of a headline
    bars: float  # how often
    across: float  # how often a rule parts what stands above each other
    boxed: float
    indent: int
    head_face: Face
    body_face: Face


def style_of(rng: np.random.Generator) -> Style:
    return Style(
        frame=str(rng.choice(["wavy", "double-box", "box", ""], p=[0.4, 0.2, 0.25, 0.15])),
        bar=str(rng.choice(["thin", "chain", "wavy", "double"], p=[0.4, 0.3, 0.2, 0.1])),
        bars=float(rng.uniform(0.1, 0.9)),
        across=float(rng.choice([0.0, 0.3, 0.8])),
        boxed=float(rng.uniform(0.0, 0.35)),
        indent=int(rng.integers(0, 2)),
        head_face=HEAD_FACES[int(rng.integers(len(HEAD_FACES)))],
        body_face=Face.SONG_BOLD if rng.random() < 0.6 else Face.SONG_MEDIUM,
    )


@dataclass(slots=True)
class _Desk:
    """The page while it is set: which polygons are taken, what has been set."""

    shapes: tuple[Shape, ...]
    style: Style
    rng: np.random.Generator
    taken: set[str] = field(default_factory=set)
    articles: list[SetArticle] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def free(self, kind: str) -> list[Shape]:
        return [s for s in self.shapes if s.kind == kind and s.id not in self.taken]

    def take(self, *shapes: Shape) -> None:
        self.taken |= {shape.id for shape in shapes}


def set_page(
    number: int,
    size: tuple[int, int],
    told: Sequence[Told],
    spare: Sequence[Told],
    shapes: Sequence[Shape],
    style: Style,
    rng: np.random.Generator,
) -> SetPage:
    """One page; `spare` are articles for polygons that its own text leaves empty."""
    desk = _Desk(tuple(shapes), style, rng)
    _pictures(desk, [t for t in told if t.kind == "image" and t.paragraphs])
    mine = [t for t in told if t.kind == "article" and t.paragraphs]
    for i, chain in match(mine, desk.free("article")).items():
        if all(shape.id not in desk.taken for shape in chain.shapes):
            desk.take(*chain.shapes)
            _article(desk, mine[i], chain, "matched")
    done = {article.key for article in desk.articles}
    _fill(desk, [t for t in mine if _key(t) not in done], "laid out")
    _fill(desk, spare, "laid out, of another page")
    _rows(desk, [t for t in told if t.kind in ("margin", "head")])
    _advertisements(desk, [t for t in told if t.kind == "advert" and t.paragraphs])
    rules = _rules(desk)
    width, height = size
    return SetPage(
        number, width, height, Direction.VERTICAL_RL, tuple(desk.articles), tuple(rules),
        tuple(desk.notes),
    )  # fmt: skip


def _key(told: Told) -> str:
    return f"{told.page}:{''.join(told.lines)[:24]}"


def _pictures(desk: _Desk, told: Sequence[Told]) -> None:
    """Drawings in the polygons of pictures, with the rows beside them as captions.

    A narrow one is no picture but a headline written with a brush.
    """
    captions = list(told)
    desk.shapes = tuple(
        replace(s, kind="article") if s.kind == "image" and _is_written(s.rect) else s
        for s in desk.shapes
    )
    for shape in desk.free("image"):
        desk.take(shape)
        rect = shape.rect
        if rect.width < 24 or rect.height < 24:
            continue
        name = str(desk.rng.choice(sorted(PICTURES)))
        regions = [SetRegion(RegionKind.PICTURE, rect, Direction.VERTICAL_RL, drawing=name,
                             outline=shape.polygon)]  # fmt: skip
        beside = [s for s in desk.free("article") if _is_caption(s.rect, rect)]
        if beside and captions:
            desk.take(beside[0])
            text = captions.pop(0).lines[0]
            line = fitted(text, beside[0].rect, Direction.HORIZONTAL_RTL, Face.SONG, 0.2, 34)
            region = SetRegion(
                RegionKind.CAPTION, beside[0].rect, Direction.HORIZONTAL_RTL, (line,)
            )
            regions.append(region)
        desk.articles.append(
            SetArticle(f"picture {shape.id}", ArticleKind.ARTICLE, "", tuple(regions))
        )


def _is_written(rect: Rect) -> bool:
    return 45 < rect.width < 190 and rect.height > 1.7 * rect.width


def _is_caption(rect: Rect, picture: Rect) -> bool:
    shared = min(rect.right, picture.right) - max(rect.left, picture.left)
    gap = max(rect.top - picture.bottom, picture.top - rect.bottom)
    return rect.height < LOW and shared > 0.6 * rect.width and gap < 40


def _article(desk: _Desk, told: Told, chain: Chain, how: str) -> None:
    """An article set in its chain of polygons."""
    title, parts = title_of(told), body_of(told)
    byline = ""
    if title and len(told.paragraphs) > 1 and is_byline(told.paragraphs[1].lines):
        byline = "".join(told.paragraphs[1].lines)
    regions: list[SetRegion] = []
    rules: list[Rule] = []
    queue = [_part(lines, desk.style, n) for n, lines in enumerate(parts)]
    if chain.head is not None:
        face = desk.style.head_face
        line = fitted(title, chain.head.rect, Direction.VERTICAL_RL, face)
        regions.append(
            SetRegion(RegionKind.HEADLINE, chain.head.rect, Direction.VERTICAL_RL, (line,))
        )
        rules += _ornament(desk, chain.head)
        signed = _byline(desk, chain.head, byline)
        if signed:
            regions.append(signed)
        elif byline:
            queue.insert(0, Part(byline, Face.KAI, 4))
    elif title:
        face = Face.HEI_BOLD if desk.rng.random() < 0.5 else Face.SONG_BLACK
        queue.insert(0, Part(title, face, 2, heading=True))
        if byline:
            queue.insert(1, Part(byline, Face.KAI, 4))
    poured, lost = pour(queue, [shape.rect.inset(2) for shape in chain.body])
    regions += poured
    if not poured:
        return
    if lost:
        how += f", {lost} characters without room"
    desk.notes.append(f"{_key(told)}: {how}")
    desk.articles.append(
        SetArticle(_key(told), ArticleKind.ARTICLE, title, tuple(regions), tuple(rules))
    )


def _part(lines: tuple[str, ...], style: Style, place: int) -> Part:
    text = "".join(lines)
    if len(lines) == 1 and len(text) < SUBHEAD and not is_byline(lines) and place:
        return Part(text, Face.HEI_BOLD, 1, heading=True)
    return Part(text, style.body_face, style.indent if len(lines) > 2 else 0)


def _ornament(desk: _Desk, head: Shape) -> list[Rule]:
    """A ring on top of a headline, where a square polygon is left there."""
    for shape in desk.free("article"):
        rect = shape.rect
        square = 35 < rect.width < 140 and 0.6 < rect.width / rect.height < 1.6
        if square and _in_line(rect, head.rect) and -20 < head.rect.top - rect.bottom < 90:
            desk.take(shape)
            return [Rule("ring", rect.inset(rect.width * 0.12, rect.height * 0.12))]
    return []


def _byline(desk: _Desk, head: Shape, byline: str) -> SetRegion | None:
    for shape in desk.free("article"):
        rect = shape.rect
        near = -20 < rect.top - head.rect.bottom < 220
        if rect.height < 200 and near and _in_line(rect, head.rect):
            desk.take(shape)
            if not byline:
                return None
            low = rect.width >= rect.height
            direction = Direction.HORIZONTAL_RTL if low else Direction.VERTICAL_RL
            line = fitted(byline, rect, direction, Face.SONG, 0.1, 34)
            return SetRegion(RegionKind.TEXT, rect, direction, (line,))
    return None


def _in_line(rect: Rect, head: Rect) -> bool:
    middle = (rect.left + rect.right) / 2
    return head.left - 20 < middle < head.right + 20


def _fill(desk: _Desk, articles: Sequence[Told], how: str) -> None:
    """Articles laid out in polygons that are left, in the order of the registers."""
    for told in articles:
        free = [s for s in desk.free("article") if _is_body(s.rect)]
        if not free:
            return
        heads = [s for s in free if 38 < s.rect.width < 190 and s.rect.height > 2.5 * s.rect.width]
        title = title_of(told)
        head = next((h for h in heads if title and any(starts_at(s.rect, h.rect) for s in free)),
                    None)  # fmt: skip
        if head is None:
            first = min(free, key=lambda s: (round(s.rect.top / 60), -s.rect.right))
        else:
            first = next(s for s in free if starts_at(s.rect, head.rect))
        room = rows_of(first.rect) * columns_in(first.rect)
        body = [first]
        needed = sum(len(line) for line in told.lines)
        while room < 0.9 * needed:
            after = [
                s for s in free
                if s is not head and not any(s is b for b in body) and can_follow(body[-1].rect,
                                                                                s.rect)
            ]  # fmt: skip
            if not after:
                break
            body.append(min(after, key=lambda s: (s.rect.top, -s.rect.right)))
            room += rows_of(body[-1].rect) * columns_in(body[-1].rect)
        if room > 2.5 * needed and how != "laid out":
            continue  # too short an article for this room
        desk.take(*body, *([head] if head else []))
        _article(desk, told, Chain(head, tuple(body), 0.0), how)


def _is_body(rect: Rect) -> bool:
    return rect.height > 3 * EM and rect.width > 0.8 * PITCH


def _rows(desk: _Desk, told: Sequence[Told]) -> None:
    """Page heads and margins, from right to left, in the polygons for them."""
    lines = [(t.kind, line, p.direction) for t in told for p in t.paragraphs for line in p.lines]
    shapes = desk.free("additional")
    shapes.sort(key=lambda s: (round(s.rect.top / 150), -s.rect.right))
    biggest = max(shapes, key=lambda s: min(s.rect.width, s.rect.height), default=None)
    lines.sort(key=lambda line: line[0] == "head")
    for shape in shapes:
        desk.take(shape)
        rect = shape.rect
        if any(s is not shape and rect.holds(s.rect) for s in shapes):
            continue
        if not lines:
            return
        kind, text, direction = lines.pop(-1 if shape is biggest else 0)
        down = rect.height > 1.5 * rect.width
        if down or direction.vertical:
            direction = Direction.VERTICAL_RL if down else Direction.HORIZONTAL_RTL
        line = fitted(text, rect, direction, Face.SONG_BLACK, 0.8, 110)
        region = SetRegion(
            RegionKind.MARGIN if down else RegionKind.MASTHEAD, rect, direction, (line,)
        )
        kind_ = ArticleKind.MARGIN if kind == "margin" else ArticleKind.HEAD
        desk.articles.append(SetArticle(f"row {shape.id}", kind_, "", (region,)))


def _advertisements(desk: _Desk, told: Sequence[Told]) -> None:
    """Advertisements by amount of text in polygons by area, each in its frame."""
    shapes = [s for s in desk.free("advertisement") if not _holds_another(s, desk.shapes)]
    shapes.sort(key=lambda s: -s.rect.width * s.rect.height)
    texts = sorted(told, key=lambda t: -sum(map(len, t.lines)))
    if not texts:
        return
    for n, shape in enumerate(shapes):
        desk.take(shape)
        text = texts[n % len(texts)]
        rect = shape.rect.inset(5)
        room = _beside_pictures(rect, desk.shapes)
        lines = _cut(text.lines, room)
        if not lines or room.width < 30 or room.height < 30:
            continue
        region = advertisement(lines, room, desk.rng, ADVERT_FACES)
        whole = SetRegion(region.kind, rect, region.direction, region.lines)
        frame = str(desk.rng.choice(["box", "double-box", "thick-box", "ornate", "wavy-box", ""]))
        rules = (Rule(frame, rect),) if frame else ()
        desk.articles.append(
            SetArticle(f"advertisement {shape.id}", ArticleKind.ADVERTISEMENT, lines[0],
                       (whole,), rules)
        )  # fmt: skip


def _cut(lines: Sequence[str], room: Rect) -> list[str]:
    """As many lines as the room holds in type that can be read."""
    left = int(room.width * room.height / (30 * 34))
    kept = []
    for line in lines:
        if len(line) > left:
            break
        kept.append(line)
        left -= len(line)
    return kept or [line[: max(2, left)] for line in lines[:1]]


def _holds_another(shape: Shape, shapes: Sequence[Shape]) -> bool:
    return any(
        s is not shape and s.kind == shape.kind and shape.rect.holds(s.rect, 12) for s in shapes
    )


def _beside_pictures(rect: Rect, shapes: Sequence[Shape]) -> Rect:
    """The largest part of a rectangle beside the pictures in it."""
    for shape in shapes:
        hole = shape.rect
        if shape.kind != "image" or hole.right < rect.left or hole.left > rect.right:
            continue
        if hole.bottom < rect.top or hole.top > rect.bottom:
            continue
        parts = [
            Rect(rect.left, rect.top, hole.left - 8, rect.bottom),
            Rect(hole.right + 8, rect.top, rect.right, rect.bottom),
            Rect(rect.left, rect.top, rect.right, hole.top - 8),
            Rect(rect.left, hole.bottom + 8, rect.right, rect.bottom),
        ]
        rect = max(parts, key=lambda r: max(0.0, r.width) * max(0.0, r.height))
    return rect


def _rules(desk: _Desk) -> list[Rule]:
    """The page's frame, bars beside headlines, rules across, boxes."""
    style, rng = desk.style, desk.rng
    rects = [_extent(a) for a in desk.articles]
    inner = [s.rect for s in desk.shapes if s.kind in ("article", "image", "advertisement")]
    columns = [s.rect for s in desk.shapes if s.kind == "article"]
    rules: list[Rule] = []
    if style.frame and len(columns) > 8:
        frame = _around(columns).inset(-13)
        edges = [
            Rect(frame.left, frame.top, frame.right, frame.top),
            Rect(frame.left, frame.bottom, frame.right, frame.bottom),
            Rect(frame.left, frame.top, frame.left, frame.bottom),
            Rect(frame.right, frame.top, frame.right, frame.bottom),
        ]
        sides = style.frame.replace("-box", "") if style.frame != "box" else "thin"
        rules += [Rule(sides, edge) for edge in edges if not _runs_through(edge, inner)]
    for article, whole in zip(desk.articles, rects, strict=True):
        if article.kind is not ArticleKind.ARTICLE or not article.headline:
            continue
        head = article.regions[0].rect
        right = _free_on(whole, head, inner)
        if rng.random() < style.boxed and _is_filled(article, whole):
            box = whole.inset(-8)
            if not any(_overlap(box, r) for r in inner if not whole.holds(r, 6)):
                rules.append(Rule(str(rng.choice(["box", "double-box", "wavy-box"])), box))
                continue
        if right and rng.random() < style.bars:
            rules.append(Rule(style.bar, right))
        if rng.random() < style.across:
            rules += _rules_over(whole, article, inner)
    return rules


def _extent(article: SetArticle) -> Rect:
    return _around([region.rect for region in article.regions])


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


def _free_on(whole: Rect, head: Rect, inner: Sequence[Rect]) -> Rect | None:
    """Where a bar stands on the right of a headline, if there is room for one."""
    top, bottom = head.top, min(whole.bottom, head.bottom + 90)
    beside = [
        r.left for r in inner
        if r.left > head.right - 4 and min(bottom, r.bottom) - max(top, r.top) > 10
    ]  # fmt: skip
    gap = min(beside, default=head.right + 60) - head.right
    if gap < 9:
        return None
    x = head.right + min(gap / 2, 16)
    bar = Rect(x, top - 8, x, bottom)
    return None if _runs_through(bar, inner) else bar


def _is_filled(article: SetArticle, whole: Rect) -> bool:
    """Whether an article's polygons fill the rectangle around them."""
    area = sum({(r.rect.left, r.rect.top): r.rect.width * r.rect.height
                for r in article.regions}.values())  # fmt: skip
    return area > 0.8 * whole.width * whole.height


def _rules_over(whole: Rect, article: SetArticle, inner: Sequence[Rect]) -> list[Rule]:
    """A rule over the highest polygons of an article, as far as it runs through nothing."""
    top = [r.rect for r in article.regions if r.rect.top < whole.top + 40]
    edge = _around(top)
    line = Rect(edge.left, edge.top - 7, edge.right, edge.top - 7)
    above = [r for r in inner if abs(r.bottom - edge.top) < 60 and r.left < edge.right]
    return [Rule("thin", line)] if above and not _runs_through(line, inner) else []
