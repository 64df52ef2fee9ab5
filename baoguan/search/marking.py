"""A query run over one text: whether it holds, where, and what of the page lies under its hits.

It is the highlighter, and it is the scan by which the engines are checked: what an index finds is
what `matches` finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from baoguan.model import Article, Box, Page
from baoguan.search.cutting import Token, tokens
from baoguan.search.documents import Place, article_text
from baoguan.search.fold import fold
from baoguan.search.query import And, Not, Or, Phrase, Query

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


def matches(query: Query, text: str) -> bool:
    """Whether `query` holds for `text`, folded or not."""
    return _evaluate(query, tokens(fold(text))) is not None


def spans(query: Query, text: str) -> tuple[Span, ...]:
    """Where the words of `query` stand in `text`, in order; spans that overlap become one.

    Empty where the query does not hold, and for the branches of an OR that do not.
    """
    return tuple(_merged(sorted(_evaluate(query, tokens(fold(text))) or ())))


def locate(query: Query, page: Page, article: Article) -> tuple[Match, ...]:
    """The hits of `query` in `article`, as far as it stands on `page`."""
    text, places = article_text(page, article)
    return tuple(
        Match(text[start:end], _boxes(page, article, places[start:end]))
        for start, end in spans(query, text)
    )


def snippet(query: Query, text: str, around: int = 24) -> Snippet:
    """The first hit with `around` characters before and after it; the beginning where none is."""
    found = spans(query, text)
    first_start, first_end = found[0] if found else (0, 0)
    start, end = max(0, first_start - around), min(len(text), first_end + around)
    return Snippet(
        text[start:end],
        tuple((s - start, min(e, end) - start) for s, e in found if start <= s < end),
    )


def _evaluate(query: Query, text: list[Token]) -> list[Span] | None:
    """The spans that make `query` hold, None where it does not."""
    match query:
        case Phrase(wanted):
            return list(_occurrences(wanted, text)) or None
        case And(parts):
            return _all([_evaluate(part, text) for part in parts])
        case Or(parts):
            return _any([_evaluate(part, text) for part in parts])
        case Not(part):
            return [] if _evaluate(part, text) is None else None


def _all(parts: list[list[Span] | None]) -> list[Span] | None:
    held = [part for part in parts if part is not None]
    return [span for part in held for span in part] if len(held) == len(parts) else None


def _any(parts: list[list[Span] | None]) -> list[Span] | None:
    held = [part for part in parts if part is not None]
    return [span for part in held for span in part] if held else None


def _occurrences(wanted: tuple[str, ...], text: list[Token]) -> Iterator[Span]:
    """From left to right, none overlapping the one before."""
    place, last = 0, len(text) - len(wanted)
    while place <= last:
        if all(text[place + i].text == token for i, token in enumerate(wanted)):
            yield text[place].start, text[place + len(wanted) - 1].end
            place += len(wanted)
        else:
            place += 1


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


def _boxes(page: Page, article: Article, places: tuple[Place | None, ...]) -> tuple[Box, ...]:
    lines = page.lines_of(article)
    return tuple(
        Box.around(lines[line].chars[place.char].box for place in group)
        for line, group in groupby((p for p in places if p), key=lambda place: place.line)
    )
