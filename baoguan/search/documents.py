"""What goes into an index: one document for each article, made from a page as read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from baoguan.model import Article, ArticleKind, Line, Page, RegionKind
from baoguan.search.cutting import joins_into_a_run
from baoguan.search.fold import fold
from baoguan.search.naming import Namer

QUALITIES = ("95", "90", "80", "0")  # bands of the mean confidence, by their lower end in percent


def band(confidence: float | None) -> str:
    """The band that a mean confidence (0 to 1) falls in; empty where there is none."""
    if confidence is None:
        return ""
    return next(lower for lower in QUALITIES if confidence * 100 >= int(lower))


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it is indexed. `revision` names the reading of the page that it comes from."""

    id: str
    page: str
    issue: str
    title: str
    title_name: str
    date: dt.date | None
    number: int  # of the page, 0 where unknown
    kind: str  # a value of ArticleKind
    headline: str
    text: str
    revision: str
    direction: str = ""  # a value of Direction, that of most characters; empty without text
    confidence: float | None = None  # mean of the characters', 0 to 1; None without text
    illustrated: bool = False  # a picture stands among its regions
    names: tuple[tuple[str, str], ...] = ()  # kind, a value of NameKind, and folded name
    added: int = 0  # when its page first became searchable, in microseconds since 1970
    name_keys: tuple[str, ...] = ()  # by what `person:` finds it: kind:name, of aliases too
    public: bool = True  # whether everybody may find it

    @property
    def characters(self) -> int:
        """How many characters are printed, without the spaces between words."""
        return len(self.text) - self.text.count(" ")

    @property
    def quality(self) -> str:
        """The band of its confidence, `` without text."""
        return band(self.confidence)

    @property
    def title_keys(self) -> tuple[str, ...]:
        """By what `title:` finds it: its title's id and name, folded."""
        return tuple(dict.fromkeys(fold(key) for key in (self.title, self.title_name) if key))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code point of an article is printed: indexes of the line and of its character."""

    line: int
    char: int


def documents_of(
    page: Page,
    *,
    title: str,
    title_name: str,
    date: dt.date | None,
    revision: str,
    added: int = 0,
    namer: Namer | None = None,
) -> tuple[Document, ...]:
    """One document for each article of `page`; for a page without articles, one for all its text.

    So every page leaves a document, if only an empty one, and the index knows that it was read.
    `namer` tells which names stand in a text.
    """
    documents = []
    for article in page.articles or (whole_page(page),):
        text = article_text(page, article)[0]
        lines = page.lines_of(article)
        named = namer.names(text) if namer else ()
        documents.append(
            Document(
                id=article.id,
                page=page.id,
                issue=page.issue,
                title=title,
                title_name=title_name,
                date=date,
                number=_number(page.id),
                kind=article.kind.value,
                headline=article.headline,
                text=text,
                revision=revision,
                added=added,
                direction=_direction(lines),
                confidence=_confidence(lines),
                illustrated=_illustrated(page, article),
                names=tuple((name.kind, name.name) for name in named),
                name_keys=tuple(key for name in named for key in name.keys),
            )
        )
    return tuple(documents)


def whole_page(page: Page) -> Article:
    """All of `page` as one article, under the page's own id."""
    return Article(page.id, ArticleKind.ARTICLE, "", tuple(region.id for region in page.regions))


def article_text(page: Page, article: Article) -> tuple[str, tuple[Place | None, ...]]:
    """The lines of `article` as one text, and for each of its code points the place on the page.

    Lines follow each other without a break, as Chinese is read; only between a letter or digit that
    ends a line and one that begins the next stands a space, which has no place.
    """
    text: list[str] = []
    places: list[Place | None] = []
    for line_index, line in enumerate(page.lines_of(article)):
        if text and line.text and _reads_on(text[-1], line.text[0]):
            text.append(" ")
            places.append(None)
        for char_index, char in enumerate(line.chars):
            text += char.text
            places += [Place(line_index, char_index)] * len(char.text)
    return "".join(text), tuple(places)


def _direction(lines: Sequence[Line]) -> str:
    """That of most characters; of two with as many, the one that is met first."""
    counted: Counter[str] = Counter()
    for line in lines:
        counted[line.direction.value] += len(line.chars)
    return counted.most_common(1)[0][0] if counted.total() else ""


def _confidence(lines: Sequence[Line]) -> float | None:
    sure = [char.confidence for line in lines for char in line.chars]
    return round(sum(sure) / len(sure), 6) if sure else None  # a mean of 0.9s is 0.9


def _illustrated(page: Page, article: Article) -> bool:
    pictures = {region.id for region in page.regions if region.kind is RegionKind.PICTURE}
    return not pictures.isdisjoint(article.regions)


def _reads_on(before: str, after: str) -> bool:
    return joins_into_a_run(fold(before)) and joins_into_a_run(fold(after))


def _number(page: str) -> int:
    """The page number that its id ends in."""
    digits = page.rpartition("-p")[2].split("-")[0]
    return int(digits) if digits.isdecimal() else 0
