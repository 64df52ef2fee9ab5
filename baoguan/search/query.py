"""What is asked: a small tree, read from what a person types. It knows no engine.

北平 晨報              both, each as the run of characters that it is
"北平 晨報" 「北平」    a phrase
甲 AND 乙  甲 & 乙     both
甲 OR 乙   甲 | 乙     either
甲 NOT 乙  甲 -乙      the first without the second
(甲 OR 乙) 丙          grouped
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from baoguan.errors import BadQuery
from baoguan.search.cutting import token_texts
from baoguan.search.fold import fold

LONGEST = 1000  # characters
DEEPEST = 8  # parentheses within parentheses; Elasticsearch refuses more than 30 nested clauses


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens (folded) that follow each other."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All of `parts`; of no parts: everything."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of `parts`; of no parts: nothing."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Query


Query = Phrase | And | Or | Not

EVERYTHING: Query = And(())


def phrases(query: Query) -> Iterator[Phrase]:
    """The phrases that are looked for, without those that are to be absent."""
    match query:
        case Phrase():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from phrases(part)
        case Not():
            return


def parse(words: str) -> Query:
    """The tree for `words`; BadQuery, with the place, where they make no sense."""
    if len(words) > LONGEST:
        raise BadQuery(f"The query is longer than {LONGEST} characters.", LONGEST)
    query = _Parser(list(_lex(words)), len(words)).whole()
    if query is None:
        raise BadQuery("There is no letter or character to search for.", 0)
    return query


@dataclass(frozen=True, slots=True)
class _Sign:
    """`kind` is one of and, or, not, open, close, words, end."""

    kind: str
    place: int
    tokens: tuple[str, ...] = ()


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Which marks close the one that opens; those of one family are mixed up in typing.
_CURLED = '"“”〝〞〟'
_CLOSING = dict.fromkeys('"“”〝', _CURLED) | {"「": "」", "『": "』", "﹁": "﹂", "﹃": "﹄"}
_UNOPENED = frozenset("」』﹂﹄〞〟")
_SIGNS = {"(": "open", ")": "close", "&": "and", "|": "or"}
_SEPARATORS = r"\s,;。、｡､"
_BREAK = re.compile(rf"[{_SEPARATORS}]+")
_TERM = re.compile(rf"[^{_SEPARATORS}{''.join([*_SIGNS, *_CLOSING, *_UNOPENED])}]+")
_OPERATOR = re.compile(r"(?<![^\u2e80-\U0003fffd])(AND|OR|NOT)(?![^\u2e80-\U0003fffd])")


def _lex(words: str) -> Iterator[_Sign]:
    """Signs in the order typed; places are those of `words`, since widths change one for one."""
    text = words.translate(_HALF_WIDTH)
    place = 0
    while place < len(text):
        character = text[place]
        if gap := _BREAK.match(text, place):
            place = gap.end()
        elif character in _SIGNS:
            yield _Sign(_SIGNS[character], place)
            place += 2 if text[place : place + 2] in {"&&", "||"} else 1
        elif character in _CLOSING:
            end = _closing_mark(text, place)
            yield _quoted(text[place + 1 : end], place)
            place = end + 1
        elif character in _UNOPENED:
            raise BadQuery("This closing quotation mark has no opening one.", place)
        elif character == "-":
            if place + 1 < len(text) and not _BREAK.match(text, place + 1):
                yield _Sign("not", place)
            place += 1
        else:
            term = _TERM.match(text, place)
            end = term.end() if term else place + 1
            yield from _split_at_operators(text[place:end], place)
            place = end


def _closing_mark(text: str, opened: int) -> int:
    closing = _CLOSING[text[opened]]
    for place in range(opened + 1, len(text)):
        if text[place] in closing:
            return place
    raise BadQuery("The quotation mark opened here is not closed.", opened)


def _quoted(text: str, place: int) -> _Sign:
    tokens = _tokens(text)
    if not tokens:
        raise BadQuery("There is nothing to search for between these quotation marks.", place)
    return _Sign("words", place, tokens)


def _split_at_operators(run: str, place: int) -> Iterator[_Sign]:
    """`上海AND北京` holds an operator, `ANDERSON` does not."""
    for piece in _OPERATOR.split(run):
        if piece in {"AND", "OR", "NOT"}:
            yield _Sign(piece.lower(), place)
        elif tokens := _tokens(piece):
            yield _Sign("words", place, tokens)
        place += len(piece)


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token_texts(fold(unicodedata.normalize("NFC", text))))


class _Parser:
    """Recursive descent: or-lists of and-lists of words, phrases and groups."""

    def __init__(self, signs: list[_Sign], length: int) -> None:
        self._signs = [*signs, _Sign("end", length)]
        self._next = 0
        self._depth = 0

    def whole(self) -> Query | None:
        if self._signs[0].kind == "end":
            return None
        query = self._either()
        if self._sign.kind == "close":
            raise BadQuery("This parenthesis was never opened.", self._sign.place)
        return query

    @property
    def _sign(self) -> _Sign:
        return self._signs[self._next]

    def _take(self, kind: str) -> bool:
        taken = self._sign.kind == kind
        self._next += taken
        return taken

    def _either(self) -> Query:
        parts = [self._all()]
        while self._take("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(_flat(parts, Or))

    def _all(self) -> Query:
        parts = [self._one()]
        while self._take("and") or self._sign.kind in {"words", "open", "not"}:
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(_flat(parts, And))

    def _one(self) -> Query:
        negated = False
        while self._take("not"):
            negated = not negated
        sign = self._sign
        if self._take("words"):
            part: Query = Phrase(sign.tokens)
        elif self._take("open"):
            part = self._group(sign.place)
        else:
            raise BadQuery("A word is missing here.", sign.place)
        return _negated(part) if negated else part

    def _group(self, opened: int) -> Query:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadQuery(f"More than {DEEPEST} parentheses within each other.", opened)
        part = self._either()
        if not self._take("close"):
            raise BadQuery("The parenthesis opened here is not closed.", opened)
        self._depth -= 1
        return part


def _negated(part: Query) -> Query:
    return part.part if isinstance(part, Not) else Not(part)


def _flat(parts: list[Query], kind: type[And] | type[Or]) -> tuple[Query, ...]:
    """`parts` with the parts of nested nodes of the same kind in their place."""
    return tuple(
        inner
        for part in parts
        for inner in (
            part.parts if isinstance(part, And | Or) and isinstance(part, kind) else [part]
        )
    )
