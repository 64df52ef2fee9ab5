"""Which articles of an issue go on in others: 下轉第三版 ends one, 上接第一版 begins another.

Newspapers print where an article goes on, where it comes from, or both. Where both are printed and
the pages fit, the two are one; where one notice is missing or was not read, the headlines have to
be alike. Nothing is guessed from text alone.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from baoguan.calendars.numbers import SIGNS, number
from baoguan.model import Article, ArticleKind, Continuation, Page, RegionKind

BEGINNING, END = 60, 40  # characters of an article in which its notice stands
BARE = 4  # characters beside a notice: such an article is its neighbour's notice, set apart
LIKE = 0.5  # of the shorter headline, where only one notice speaks for a pair
SURE = 10.0  # what two notices that fit weigh beside any likeness

_ENGLISH = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBER = rf"([{SIGNS}]{{1,3}})"
_LEAF = "[版頁页張张面]"
_GAP = r"[^a-z0-9]{1,2}"  # a space, or what dirt makes of it
_PAGE = rf"{_GAP}(?:page|pg|p)[^a-z0-9]{{0,2}}(\d{{1,3}}|[a-z]+)"


class _Way(Enum):
    ONWARD = "onward"
    BACK = "back"
    EITHER = "either"  # 接第三版: back at an article's beginning, onward at its end


_FORMS = (
    (
        _Way.ONWARD,
        rf"(?:下[轉转接續续]|[文緊紧]?[轉转](?=第)|[轉转][入至往見见]|[續续][見见刊載载])第?{_NUMBER}{_LEAF}",
    ),
    (_Way.BACK, rf"(?:上[接承續续]|[緊紧承文前]接|[接續续]自)第?{_NUMBER}{_LEAF}"),
    (_Way.EITHER, rf"(?<![上下緊紧承文前])[接續续]第{_NUMBER}{_LEAF}"),
    (_Way.ONWARD, rf"(?<![a-z])(?:con[a-z.']{{1,7}}{_GAP}(?:on|to)|turn{_GAP}to){_PAGE}"),
    (_Way.BACK, rf"(?<![a-z])con[a-z.']{{1,7}}{_GAP}from{_PAGE}"),
    (_Way.BACK, rf"\(from{_PAGE}\)"),
)
_PATTERNS = tuple((way, re.compile(form)) for way, form in _FORMS)


@dataclass(frozen=True, slots=True)
class Notice:
    """Where an article says that it goes on, or comes from; `other` is that page's number."""

    article: str
    other: int
    onward: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """An article on its page, what it says of others, and what it can be known by."""

    id: str
    page: int
    place: int
    onto: frozenset[int]
    back: frozenset[int]
    headline: Counter[str]
    text: Counter[str]


def continuations(pages: Sequence[Page]) -> tuple[Continuation, ...]:
    """The articles of an issue's pages that go on on another of them; each goes on in one at most,
    and comes from one at most."""
    pieces = [piece for page in pages for piece in _pieces(page)]
    weighed = [
        (weight, -abs(a.place - b.place), a.id, b.id)
        for a in pieces
        for b in pieces
        if a.page != b.page and (weight := _weight(a, b)) > 0
    ]
    found: dict[str, str] = {}
    for _, _, article, onto in sorted(weighed, key=lambda w: (-w[0], -w[1], w[2:])):
        if article not in found and onto not in found.values() and not _leads(found, onto, article):
            found[article] = onto
    return tuple(Continuation(article, onto) for article, onto in sorted(found.items()))


def notices(page: Page) -> tuple[Notice, ...]:
    """What is printed on the page about where its articles go on or come from."""
    return tuple(notice for i in range(len(page.articles)) for notice in _notices(page, i))


def chain(article: str, onto: dict[str, str]) -> list[str]:
    """The article and those in which it goes on, in order."""
    names = [article]
    while (following := onto.get(names[-1])) is not None:
        names.append(following)
    return names


def _leads(found: dict[str, str], start: str, end: str) -> bool:
    return end in chain(start, found)


def _weight(a: _Piece, b: _Piece) -> float:
    """How much speaks for `a` to go on in `b`; 0 where nothing may."""
    told, heard = b.page in a.onto, a.page in b.back
    if told and heard:
        return SURE + _likeness(a.headline, b.headline) + _likeness(a.text, b.text)
    contradicted = (a.onto and not told) or (b.back and not heard)
    if not (told or heard) or contradicted:
        return 0.0
    likeness = _likeness(a.headline, b.headline)
    return likeness if likeness >= LIKE else 0.0


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    return (a & b).total() / max(1, min(a.total(), b.total()))


def _pieces(page: Page) -> Iterator[_Piece]:
    said: dict[str, list[Notice]] = {}
    for notice in notices(page):
        said.setdefault(notice.article, []).append(notice)
    for place, article in enumerate(page.articles):
        if article.kind is ArticleKind.ARTICLE:
            mine = said.get(article.id, [])
            yield _Piece(
                article.id,
                page.number,
                place,
                frozenset(n.other for n in mine if n.onward),
                frozenset(n.other for n in mine if not n.onward),
                _pairs(_without_notices(_plain([article.headline]))),
                _pairs(_without_notices(_text(page, article))),
            )


def _pairs(text: str) -> Counter[str]:
    """Pairs of neighbouring characters; letters and digits only."""
    kept = [c for c in text if c.isalnum()]
    return Counter(a + b for a, b in itertools.pairwise(kept))


def _without_notices(text: str) -> str:
    for _, pattern in _PATTERNS:
        text = pattern.sub("", text)
    return text


def _notices(page: Page, index: int) -> Iterator[Notice]:
    article = page.articles[index]
    text = _text(page, article)
    heading = len(_plain(_lines(page, article, heads=True)))
    for way, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            other = _value(found[1])
            if other is None or other in (0, page.number):
                continue
            first, last = found.start() - heading, len(text) - found.end()
            begins, ends = first <= BEGINNING, last <= END
            onward = way is _Way.ONWARD or (way is _Way.EITHER and ends and last <= max(0, first))
            if ends if onward else begins:
                bare = len(text) - len(found[0]) <= BARE
                owner = _neighbour(page, index, onward) if bare else article.id
                yield Notice(owner, other, onward)


def _neighbour(page: Page, index: int, onward: bool) -> str:
    """The article that a notice set apart belongs to: the one before it, or the one after."""
    at = index - 1 if onward else index + 1
    return page.articles[at if 0 <= at < len(page.articles) else index].id


def _value(printed: str) -> int | None:
    return _ENGLISH.get(printed) or number(printed)


def _text(page: Page, article: Article) -> str:
    return _plain(_lines(page, article, heads=False))


def _lines(page: Page, article: Article, *, heads: bool) -> Iterator[str]:
    """The article's lines; those of its headlines only where `heads`."""
    regions = {region.id: region for region in page.regions}
    for name in article.regions:
        region = regions.get(name)
        if region and (not heads or region.kind is RegionKind.HEADLINE):
            yield from (line.text for line in region.lines)


def _plain(lines: Iterable[str]) -> str:
    """Lines as one text in small letters: Chinese without white, Latin words apart."""
    text = unicodedata.normalize("NFKC", "\n".join(lines)).lower()
    text = re.sub(r"(?<=[a-z0-9.,;)])\s+(?=[a-z0-9(])", " ", text)
    return re.sub(r"\n| (?=[^a-z0-9(])|(?<=[^a-z0-9.,;)]) ", "", text)
