"""Text to search in: real newspapers, and articles made after them in any number.

Real are the samples' true text, and where it lies beside the checkout (../shared/data/jingbao-text)
the true text of 40 folds of the Shanghai paper 晶報 of 1920 and 1930 (CC BY 4.0, ECPO, Heidelberg).

Made articles follow the real ones character by character: each character is drawn from those that
follow the one before it in the real text, as often as they do. So characters and pairs of
characters are as common as in print; what stands farther apart is chance.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from baoguan.model import (
    Article,
    ArticleKind,
    Box,
    Char,
    Direction,
    Line,
    Page,
    Region,
    RegionKind,
    article_id,
    issue_id,
    page_id,
    region_id,
)
from baoguan.revisions import pages_from_json
from baoguan.search import Document, documents_of
from press.ecpo import told_in

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("BAOGUAN_SHARED") or ROOT.parent / "shared")
JINGBAO = SHARED / "data" / "jingbao-text"
SEED = 1872
PER_PAGE = 12  # articles, as on the pages of Papers Past
TITLES = 40
_PITCH = 40  # pixels from one made-up box to the next

_KINDS = {"advert": ArticleKind.ADVERTISEMENT, "article": ArticleKind.ARTICLE}


def sample_pages() -> Iterator[Page]:
    for file in sorted((ROOT / "samples" / "scans").rglob("*.truth.json")):
        yield from pages_from_json(file.read_bytes())


def jingbao_pages() -> Iterator[Page]:
    """Each fold as one page; the boxes are made up, one column for each printed line."""
    for number, file in enumerate(sorted(JINGBAO.glob("19[23]0/*.xml")), 1):
        date = dt.date.fromisoformat(file.name.split("_")[2])
        id_ = page_id(issue_id("jb", date), number)
        texts = [
            (_KINDS[told.kind], told.lines)
            for told in told_in(file)
            if told.kind in _KINDS and told.lines
        ]
        yield _page(id_, texts)


def _page(id_: str, texts: Sequence[tuple[ArticleKind, list[str]]]) -> Page:
    regions, articles = [], []
    for index, (kind, lines) in enumerate(texts):
        columns = tuple(
            Line(
                Box(x * _PITCH, 0, (x + 1) * _PITCH, len(text) * _PITCH),
                Direction.VERTICAL_RL,
                tuple(
                    Char(char, Box(x * _PITCH, y * _PITCH, (x + 1) * _PITCH, (y + 1) * _PITCH), 1.0)
                    for y, char in enumerate(text)
                ),
            )
            for x, text in enumerate(lines, start=1000 * index)
        )
        box = Box.around(line.box for line in columns)
        region = region_id(id_, index)
        regions.append(Region(region, RegionKind.TEXT, box, Direction.VERTICAL_RL, columns))
        articles.append(Article(article_id(id_, index), kind, "", (region,)))
    whole = Box.around(region.box for region in regions)
    return Page(
        id_,
        "",
        0,
        whole.right,
        whole.bottom,
        whole,
        Direction.VERTICAL_RL,
        tuple(regions),
        tuple(articles),
    )


def documents_on(page: Page) -> tuple[Document, ...]:
    title = page.id.split("-")[0]
    date = dt.date.fromisoformat("-".join(page.id.split("-")[1:4]))
    return documents_of(page, title=title, title_name="", date=date, revision="1")


@dataclass(frozen=True)
class Likeness:
    """What follows what in real text, and how long its articles are."""

    texts: tuple[str, ...]

    @staticmethod
    def of_print() -> Likeness:
        pages = [*sample_pages(), *(jingbao_pages() if JINGBAO.is_dir() else ())]
        return Likeness(tuple(d.text for page in pages for d in documents_on(page) if d.text))

    @cached_property
    def running(self) -> str:
        return "\n".join(self.texts)

    @cached_property
    def _followers(self) -> dict[str, str]:
        gathered: dict[str, list[str]] = {}
        for before, after in zip(self.running, self.running[1:], strict=False):
            gathered.setdefault(before, []).append(after)
        return {before: "".join(after) for before, after in gathered.items()}

    def text(self, chance: random.Random) -> str:
        """100 to 700 characters, 400 on average."""
        follow, draw, written, last = self._followers, chance.random, [], "\n"
        for _ in range(chance.randint(100, 700)):
            after = follow.get(last) or follow["\n"]
            last = after[int(draw() * len(after))]
            written.append(last)
        return "".join(written).replace("\n", "")


class Corpus:
    """`number` made articles in a file, so that a million of them take no memory."""

    def __init__(self, likeness: Likeness, number: int, folder: Path) -> None:
        self.number = number
        self._file = folder / "texts"
        self._ends = [0]
        chance = random.Random(SEED)
        with self._file.open("wb") as file:
            for _ in range(number):
                written = likeness.text(chance).encode()
                file.write(written)
                self._ends.append(self._ends[-1] + len(written))
        self._open = self._file.open("rb")

    @property
    def bytes(self) -> int:
        return self._ends[-1]

    def text(self, number: int) -> str:
        start, end = self._ends[number : number + 2]
        self._open.seek(start)
        return self._open.read(end - start).decode()

    def pages(self) -> Iterator[tuple[str, list[Document]]]:
        """Pages of 40 titles over 70 years, an issue of each of a title having four."""
        for start in range(0, self.number, PER_PAGE):
            index = start // PER_PAGE
            title = f"t{index % TITLES:02d}"
            date = dt.date(1872, 4, 30) + dt.timedelta(index * 7 % 25_000)
            page = f"{title}-{date.isoformat()}-a-p{index:06d}"
            blank = Document("", page, "", title, title, date, index % 4 + 1, "", "", "", "1")
            yield (
                page,
                [
                    replace(
                        blank,
                        id=f"{page}-a{number:07d}",
                        kind=("article", "advertisement")[number % 3 == 0],
                        text=self.text(number),
                        direction="vertical-rl",
                        confidence=0.8 + number % 20 / 100,
                    )
                    for number in range(start, min(start + PER_PAGE, self.number))
                ],
            )

    def text_of(self, id_: str) -> str:
        return self.text(int(id_.rpartition("-a")[2]))
