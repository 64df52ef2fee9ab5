"""Small pages made by hand, for tests that need one."""

from __future__ import annotations

from baoguan.model import (
    Article,
    ArticleKind,
    Box,
    Char,
    Direction,
    Line,
    Page,
    Picture,
    Region,
    RegionKind,
    Step,
    article_id,
    picture_id,
    region_id,
)

GLYPH = 20  # pixels


def column(text: str, left: int, top: int) -> Line:
    """A vertical line of square glyphs; the first may be another character."""
    chars = tuple(
        Char(
            char,
            Box(left, top + i * GLYPH, left + GLYPH, top + (i + 1) * GLYPH),
            0.9,
            (("囘", 0.06), ("回", 0.02)) if i == 0 else (),
        )
        for i, char in enumerate(text)
    )
    return Line(Box.around(char.box for char in chars), Direction.VERTICAL_RL, chars)


def vertical_page(
    page: str = "jb-1939-04-23-a-p0001",
    *articles: tuple[str, ...],
    master: str = "0" * 64,
) -> Page:
    """One article for each tuple of columns, from right to left, the headline first."""
    articles = articles or (
        ("華軍反攻南昌", "晨三時華軍自西北", "兩面進逼"),
        ("寧波米價高漲", "昨日米市"),
    )
    left, regions, made = 900, [], []
    for number, columns in enumerate(articles):
        ids = []
        for index, text in enumerate(columns):
            left -= 2 * GLYPH
            line = column(text, left, 100)
            id_ = region_id(page, len(regions))
            kind = RegionKind.TEXT if index else RegionKind.HEADLINE
            regions.append(Region(id_, kind, line.box, Direction.VERTICAL_RL, (line,)))
            ids.append(id_)
        made.append(Article(article_id(page, number), ArticleKind.ARTICLE, columns[0], tuple(ids)))
    picture = Region(
        region_id(page, len(regions)),
        RegionKind.PICTURE,
        Box(100, 700, 400, 900),
        Direction.VERTICAL_RL,
    )
    return Page(
        id=page,
        master=master,
        frame=0,
        width=1000,
        height=1000,
        box=Box(0, 0, 1000, 1000),
        direction=Direction.VERTICAL_RL,
        regions=(*regions, picture),
        articles=tuple(made),
        pictures=(Picture(picture_id(page, 0), picture.id, picture.box, "江岸晨景"),),
        dpi=200.0,
        skew=0.25,
        provenance=(Step("baoguan", "0.1.0", {"quality": "best"}),),
    )
