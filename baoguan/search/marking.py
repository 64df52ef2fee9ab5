"""A query run over one text: whether it holds, where, and what of the page lies under its hits.

It is the highlighter, and it is the scan by which the engines are checked: what an index finds is
what `matches` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from baoguan.model import Article, Box, Line, Page
from baoguan.search.cutting import tokens_and_starts
from baoguan.search.documents import Document, Place, article_text
from baoguan.search.query import (
    And,
    Condition,
    Dated,
    InTitle,
    Near,
    Not,
    OfKind,
    OfName,
    OnPage,
    Or,
    Phrase,
    Query,
    Wild,
)

Span = tuple[int, int]  # offsets in code points, the end exclusive


@dataclass(frozen=True, slots=True)
class Match:
    """One hit on a page: what is printed there, and a box for each line, in master pixels."""

    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text; `marks` are offsets in the piece."""

    text: str
    marks: tuple[Span, ...]


def matches(query: Query, read: str | Document | Reading) -> bool:
    """Whether `query` holds for a document, or for a text, folded or not.

    What a text does not tell of itself (title, date, page, kind) is taken as fitting. Who asks much
    of the same text makes a Reading of it.
    """
    reading = read if isinstance(read, Reading) else Reading(read)
    return _evaluate(query, reading) is not None


def spans(query: Query, text: str) -> tuple[Span, ...]:
    """Where the words of `query` stand in `text`, in order; spans that overlap become one.

    Empty where the query does not hold, and for the branches of an OR that do not; title, date,
    page and kind are taken as fitting.
    """
    return tuple(_merged(sorted(_evaluate(query, Reading(text)) or ())))


def locate(query: Query, page: Page, article: Article) -> tuple[Match, ...]:
    """The hits of `query` in `article`, as far as it stands on `page`."""
    return show(query, page, article)[1]


def show(
    query: Query, page: Page, article: Article, around: int = 24
) -> tuple[Snippet, tuple[Match, ...]]:
    """What `snippet` and `locate` give, by one reading of the article."""
    text, places = article_text(page, article)
    found = spans(query, text)
    lines = page.lines_of(article)
    marks = (Match(text[slice(*span)], _boxes(lines, places[slice(*span)])) for span in found)
    return excerpt(text, found, around), tuple(marks)


def place(span: Span, page: Page, article: Article) -> Match:
    """The characters of `article` from one offset to another, as far as they stand on `page`."""
    text, places = article_text(page, article)
    return Match(text[slice(*span)], _boxes(page.lines_of(article), places[slice(*span)]))


def snippet(query: Query, text: str, around: int = 24) -> Snippet:
    """The first hit with `around` characters before and after it; the beginning where none is."""
    return excerpt(text, spans(query, text), around)


def excerpt(text: str, found: Sequence[Span], around: int = 24) -> Snippet:
    """The first of `found` with `around` characters before and after it, marked as far as shown."""
    first_start, first_end = found[0] if found else (0, 0)
    start, end = max(0, first_start - around), min(len(text), first_end + around)
    return Snippet(
        text[start:end],
        tuple((s - start, min(e, end) - start) for s, e in found if start <= s < end),
    )


class Reading:
    """A text cut up, folded and as printed, and the document that it comes from, if known."""

    def __init__(self, read: str | Document) -> None:
        self.document = read if isinstance(read, Document) else None
        self._text = read.text if isinstance(read, Document) else read
        self.folded, self._starts = tokens_and_starts(self._text)

    @cached_property
    def glyphs(self) -> list[str]:
        """The tokens as printed: folding changes no length."""
        pairs = zip(self._starts, self.folded, strict=True)
        return [self._text[start : start + len(token)] for start, token in pairs]

    def span(self, start: int, length: int) -> Span:
        """Offsets of `length` tokens from the one at `start`."""
        last = start + length - 1
        return self._starts[start], self._starts[last] + len(self.folded[last])


def _evaluate(query: Query, read: Reading, *, negated: bool = False) -> list[Span] | None:
    """The spans that make `query` hold, None where it does not."""
    match query:
        case Phrase():
            return list(_occurrences(query, read)) or None
        case Near():
            return list(_neighbours(query, read)) or None
        case And(parts):
            return _all([_evaluate(part, read, negated=negated) for part in parts])
        case Or(parts):
            return _any([_evaluate(part, read, negated=negated) for part in parts])
        case Not(part):
            return [] if _evaluate(part, read, negated=not negated) is None else None
        case InTitle() | Dated() | OnPage() | OfKind() | OfName():
            held = not negated if read.document is None else _fits(query, read.document)
            return [] if held else None


def _fits(condition: Condition, document: Document) -> bool:
    match condition:
        case InTitle(name):
            return name in document.title_keys
        case OfName():
            return condition.key in document.name_keys
        case OnPage(number):
            return document.number == number
        case OfKind(kind):
            return document.kind == kind
        case Dated(first, last):
            day = document.date
            return day is not None and (first or day) <= day <= (last or day)


def _all(parts: list[list[Span] | None]) -> list[Span] | None:
    held = [part for part in parts if part is not None]
    return [span for part in held for span in part] if len(held) == len(parts) else None


def _any(parts: list[list[Span] | None]) -> list[Span] | None:
    held = [part for part in parts if part is not None]
    return [span for part in held for span in part] if held else None


def _starts(phrase: Phrase, read: Reading) -> Iterator[int]:
    """The token at which each occurrence begins, also of those that overlap."""
    text = read.glyphs if phrase.exact else read.folded
    last = len(text) - len(phrase.tokens)
    for place in _places(phrase.tokens[0], text):
        if place <= last and all(
            _fits_token(token, text[place + i]) for i, token in enumerate(phrase.tokens)
        ):
            yield place


def _places(token: str | Wild, text: list[str]) -> Iterator[int]:
    """Where one token stands."""
    if isinstance(token, Wild):
        yield from (place for place, each in enumerate(text) if _fits_token(token, each))
        return
    place = -1
    for _ in range(text.count(token)):
        place = text.index(token, place + 1)
        yield place


def _fits_token(wanted: str | Wild, token: str) -> bool:
    return wanted == token if isinstance(wanted, str) else bool(_regex(wanted).fullmatch(token))


@lru_cache(1000)
def _regex(wild: Wild) -> re.Pattern[str]:
    return re.compile(wild.pattern.replace("?", ".").replace("*", ".*"))


def _occurrences(phrase: Phrase, read: Reading) -> Iterator[Span]:
    """From left to right, none overlapping the one before."""
    length, free = len(phrase.tokens), 0
    for place in _starts(phrase, read):
        if place >= free:
            yield read.span(place, length)
            free = place + length


def _neighbours(near: Near, read: Reading) -> Iterator[Span]:
    """The occurrences of both sides that stand near enough to one of the other side."""
    one, other = len(near.one.tokens), len(near.other.tokens)
    others = list(_starts(near.other, read))
    for first in _starts(near.one, read):
        for second in others:
            if 0 <= second - first - one <= near.apart or 0 <= first - second - other <= near.apart:
                yield read.span(first, one)
                yield read.span(second, other)


def _merged(ordered: Iterable[Span]) -> Iterator[Span]:
    current: Span | None = None
    for start, end in ordered:
        if current and start < current[1]:
            current = current[0], max(current[1], end)
        else:
            if current:
                yield current
            current = start, end
    if current:
        yield current


def _boxes(lines: Sequence[Line], places: tuple[Place | None, ...]) -> tuple[Box, ...]:
    return tuple(
        Box.around(lines[line].chars[place.char].box for place in group)
        for line, group in groupby((p for p in places if p), key=lambda place: place.line)
    )
