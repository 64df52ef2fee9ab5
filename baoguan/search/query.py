"""What is asked: a small tree, read from what a person types. It knows no engine.

北平 晨報              both, each as the run of characters that it is
"北平 晨報" 「北平」    a phrase, in which every sign is only a sign
甲 AND 乙  甲 & 乙     both
甲 OR 乙   甲 | 乙     either
甲 NOT 乙  甲 -乙      the first without the second
(甲 OR 乙) 丙          grouped
甲 NEAR/5 乙           in either order, with at most 5 characters or words between them
蔣?石                  any one character or word in between
shang*  19?? 年        letters or digits: ? is one of them, * any number of them
="後"  =後              only as printed here, no variants
title:jb  page:1  kind:advertisement  date:1939-04..1939-06  date:民國廿八年四月  date:光緒三十年..
person:梅蘭芳  place:上海  organisation:招商局     named in the text, by any of its names

docs/decisions/0004-query-language.md says why it is so.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from baoguan.calendars import PrintedDate, read_date
from baoguan.errors import BadDate, BadQuery
from baoguan.model import ArticleKind, NameKind
from baoguan.search.cutting import glyph_texts, joins_into_a_run, token_texts
from baoguan.search.fold import fold

LONGEST = 1000  # characters
DEEPEST = 8  # parentheses within parentheses; Elasticsearch refuses more than 30 nested clauses
FARTHEST = 30  # between the two sides of NEAR; tantivy asks for each distance by itself
MOST_PATTERNS = 8  # words with ? or * in a query; each is looked up in the whole dictionary
FEWEST_LETTERS = 2  # beside a *, for the same reason


@dataclass(frozen=True, slots=True)
class Wild:
    """A token that is not spelt out: `?` is one character of it, `*` any number, also none."""

    pattern: str


ANY = Wild("*")  # any one token


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow each other: folded, or as printed where `exact`.

    The first and the last are never ANY: what stands at an edge of a text has no neighbour.
    """

    tokens: tuple[str | Wild, ...]
    exact: bool = False

    def __post_init__(self) -> None:
        if not self.tokens or ANY in (self.tokens[0], self.tokens[-1]):
            raise ValueError(f"a phrase begins and ends with a token: {self.tokens}")


@dataclass(frozen=True, slots=True)
class Near:
    """Both, in either order, not overlapping, with at most `apart` tokens between them."""

    one: Phrase
    other: Phrase
    apart: int

    def __post_init__(self) -> None:
        if self.one.exact != self.other.exact:
            raise ValueError("both sides of NEAR are as printed, or none")


@dataclass(frozen=True, slots=True)
class InTitle:
    """A newspaper by its id or its name, folded."""

    name: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Both days inclusive, None is open. What is undated is never in it."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class OnPage:
    number: int


@dataclass(frozen=True, slots=True)
class OfKind:
    kind: str  # a value of ArticleKind


@dataclass(frozen=True, slots=True)
class OfName:
    """A person, place or organisation named in the text, by any of its names, folded."""

    kind: str  # a value of NameKind
    name: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.name}"


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


Condition = InTitle | Dated | OnPage | OfKind | OfName  # what a text does not tell of itself
Query = Phrase | Near | Condition | And | Or | Not

EVERYTHING: Query = And(())


def phrases(query: Query) -> Iterator[Phrase]:
    """The phrases that are looked for, without those that are to be absent."""
    match query:
        case Phrase():
            yield query
        case Near(one, other):
            yield one
            yield other
        case And(parts) | Or(parts):
            for part in parts:
                yield from phrases(part)
        case InTitle() | Dated() | OnPage() | OfKind() | OfName() | Not():
            return


def has_pattern_in_phrase(query: Query) -> bool:
    """Whether a word with `?` or `*` stands beside others, sought or to be absent.

    Engines spell such a pattern out, and refuse where it stands for too many words.
    """
    match query:
        case Phrase(tokens):
            patterns = any(isinstance(token, Wild) and token != ANY for token in tokens)
            return patterns and len(tokens) > 1
        case And(parts) | Or(parts):
            return any(map(has_pattern_in_phrase, parts))
        case Not(part):
            return has_pattern_in_phrase(part)
        case _:
            return False


def too_many_words() -> BadQuery:
    return BadQuery("A word with ? or * stands for too many words; write more of its letters.")


def parse(words: str) -> Query:
    """The tree for `words`; BadQuery, with the place, where they make no sense."""
    if len(words) > LONGEST:
        raise BadQuery(f"The query is longer than {LONGEST} characters.", LONGEST)
    signs = list(_lex(words))
    _check_patterns(signs)
    query = _Parser(signs, len(words)).whole()
    if query is None:
        raise BadQuery("There is no letter or character to search for.", 0)
    return query


@dataclass(frozen=True, slots=True)
class _Sign:
    """`kind` is one of and, or, not, near, open, close, leaf, end; a leaf has its `query`."""

    kind: str
    place: int
    query: Query | None = None
    apart: int = 0


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Which marks close the one that opens; those of one family are mixed up in typing.
_CURLED = '"“”〝〞〟'
_CLOSING = dict.fromkeys('"“”〝', _CURLED) | {"「": "」", "『": "』", "﹁": "﹂", "﹃": "﹄"}
_UNOPENED = frozenset("」』﹂﹄〞〟")
_SIGNS = {"(": "open", ")": "close", "&": "and", "|": "or"}
_SEPARATORS = r"\s,;。、｡､"
_BREAK = re.compile(rf"[{_SEPARATORS}]+")
_TERM = re.compile(rf"[^{_SEPARATORS}{''.join([*_SIGNS, *_CLOSING, *_UNOPENED])}]+")
_OPERATOR = re.compile(
    r"(?<![^\u2e80-\U0003fffd])(?:AND|OR|NOT|NEAR(?:/[A-Za-z0-9]*)?)(?![^\u2e80-\U0003fffd])"
)
_CONDITION = re.compile(r"(title|date|page|kind|person|place|organisation|org):", re.IGNORECASE)
_WILD = re.compile(r"([?*]+)")


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
        elif character == "=" and text[place + 1 : place + 2] in _CLOSING:
            end = _closing_mark(text, place + 1)
            yield _quoted(words[place + 2 : end], place + 1, exact=True)
            place = end + 1
        elif field := _CONDITION.match(text, place):
            value, end = _value(text, field.end())
            yield _Sign("leaf", place, _condition(field[1].lower(), value, field.end()))
            place = end
        else:
            term = _TERM.match(text, place)
            end = term.end() if term else place + 1
            yield from _split_at_operators(text[place:end], words[place:end], place)
            place = end


def _closing_mark(text: str, opened: int) -> int:
    closing = _CLOSING[text[opened]]
    for place in range(opened + 1, len(text)):
        if text[place] in closing:
            return place
    raise BadQuery("The quotation mark opened here is not closed.", opened)


def _quoted(text: str, place: int, *, exact: bool = False) -> _Sign:
    tokens = _cut(text, exact=exact)
    if not tokens:
        raise BadQuery("There is nothing to search for between these quotation marks.", place)
    return _Sign("leaf", place, Phrase(tuple(tokens), exact))


def _split_at_operators(run: str, typed: str, place: int) -> Iterator[_Sign]:
    """`上海AND北京` holds an operator, `ANDERSON` does not; `typed` has the widths as typed."""
    start = 0
    for operator in _OPERATOR.finditer(run):
        yield from _run(run, typed, start, operator.start(), place)
        yield _operator(operator[0], place + operator.start())
        start = operator.end()
    yield from _run(run, typed, start, len(run), place)


def _operator(name: str, place: int) -> _Sign:
    if not name.startswith("NEAR"):
        return _Sign(name.lower(), place)
    apart = name.partition("/")[2]
    if not apart.isdecimal() or int(apart) > FARTHEST:
        raise BadQuery(
            f'NEAR is written with a distance, NEAR/5, of {FARTHEST} at most; the word is "NEAR".',
            place,
        )
    return _Sign("near", place, apart=int(apart))


def _run(run: str, typed: str, start: int, end: int, place: int) -> Iterator[_Sign]:
    """The run of characters from `start` to `end`; none where it is all punctuation."""
    exact = run[start:end].startswith("=")
    tokens = _with_patterns(run[start:end], typed[start:end], place + start, exact=exact)
    if tokens:
        yield _Sign("leaf", place + start, Phrase(tokens, exact))


def _with_patterns(run: str, typed: str, place: int, *, exact: bool) -> tuple[str | Wild, ...]:
    """The tokens of `run`, with `?` and `*`.

    Beside a letter or digit they belong to its word; at the edge of a run of Han they say nothing,
    since every run is found within a longer one, and a question mark may be only that.
    """
    pieces = list(_pieces(run, typed if exact else run, exact=exact))
    found: list[str] = []
    joins = False
    for number, (literal, cut, wild, offset) in enumerate(pieces):
        if joins and cut:
            found[-1] += cut[0]
        found += cut[1:] if joins else cut
        if not wild:
            break
        after = pieces[number + 1][0]
        joined_before = bool(cut) and joins_into_a_run(fold(literal[-1:]))
        joins = joins_into_a_run(fold(after[:1]))
        if joined_before:
            found[-1] += wild
        elif joins:
            found.append(wild)
        elif found and any(piece[1] for piece in pieces[number + 1 :]):
            if "*" in wild:
                raise BadQuery(
                    "* stands for letters and digits of a word; between Han characters write"
                    " ? for each character, or NEAR/5.",
                    place + offset,
                )
            found += ["*"] * len(wild)
    return tuple(_token(token) for token in found)


def _pieces(run: str, typed: str, *, exact: bool) -> Iterator[tuple[str, list[str], str, int]]:
    """Each piece without signs, how it cuts, the signs that follow, and where those stand."""
    parts = _WILD.split(run)
    place = 0
    for literal, wild in zip(parts[::2], [*parts[1::2], ""], strict=True):
        composed = unicodedata.normalize("NFC", typed[place : place + len(literal)])
        place += len(literal)
        yield composed, _cut(composed, exact=exact), wild, place
        place += len(wild)


def _token(token: str) -> str | Wild:
    return Wild(re.sub(r"\*+", "*", token)) if _WILD.search(token) else token


def _cut(text: str, *, exact: bool) -> list[str]:
    composed = unicodedata.normalize("NFC", text)
    return glyph_texts(composed) if exact else token_texts(fold(composed))


def _check_patterns(signs: list[_Sign]) -> None:
    """BadQuery where words with `?` or `*` would cost too much to look up."""
    met = 0
    for sign in signs:
        for token in sign.query.tokens if isinstance(sign.query, Phrase) else ():
            if isinstance(token, Wild) and token != ANY:
                met += 1
                letters = len(_WILD.sub("", token.pattern))
                if "*" in token.pattern and letters < FEWEST_LETTERS:
                    raise BadQuery(
                        f"Beside * stand at least {FEWEST_LETTERS} letters or digits.", sign.place
                    )
                if met > MOST_PATTERNS:
                    raise BadQuery(
                        f"More than {MOST_PATTERNS} words with ? or * in one query.", sign.place
                    )


def _value(text: str, place: int) -> tuple[str, int]:
    """What stands behind `title:`, in quotation marks or without, and where it ends."""
    if text[place : place + 1] in _CLOSING and place < len(text):
        end = _closing_mark(text, place)
        return text[place + 1 : end], end + 1
    value = _TERM.match(text, place)
    return (value[0], value.end()) if value else ("", place)


def _condition(field: str, value: str, place: int) -> Condition | Or:
    if not value.strip():
        raise BadQuery(f"A value is missing here, as in {_EXAMPLES[field]}.", place)
    if field == "title":
        return InTitle(_folded(value))
    if field in _NAMED:
        return OfName(_NAMED[field], _folded(value))
    if field == "date":
        return _dated(value, place)
    if field == "page":
        if not (value.isascii() and value.isdecimal() and 0 < int(value) < 100_000):
            raise BadQuery("A page is a number, as in page:1.", place)
        return OnPage(int(value))
    if value.lower() not in _KINDS:
        raise BadQuery(f"The kinds are {', '.join(_KINDS)}.", place)
    return OfKind(value.lower())


def _folded(value: str) -> str:
    return fold(unicodedata.normalize("NFC", value.strip()))


_NAMED = {
    "person": NameKind.PERSON.value,
    "place": NameKind.PLACE.value,
    "organisation": NameKind.ORGANISATION.value,
    "org": NameKind.ORGANISATION.value,
}
_KINDS = tuple(kind.value for kind in ArticleKind)
_EXAMPLES = {
    "title": "title:jb",
    "date": "date:1939-04",
    "page": "page:1",
    "kind": "kind:article",
    "person": "person:梅蘭芳",
    "place": "place:上海",
    "organisation": "organisation:招商局",
    "org": "org:招商局",
}
_BETWEEN = re.compile(r"\.\.+|…+|[~—–至到]")


def _dated(value: str, place: int) -> Dated | Or:
    """A date as printed, or two of them with `..` between, one of which may be missing.

    A bare name of the cycle (甲午) means each of its years; in a range it says too little.
    """
    dots = _BETWEEN.search(value)
    begin, end = (value[: dots.start()], value[dots.end() :]) if dots else (value, "")
    if not begin and not end:
        raise BadQuery("A date is missing here, as in date:1939-04..1939-06.", place)
    if not dots:
        parts = tuple(Dated(days.first, days.last) for days in _days(begin, place))
        return parts[0] if len(parts) == 1 else Or(parts)
    first = _one_date(begin, place).first if begin else None
    last = _one_date(end, place + dots.end()).last if end else None
    if first and last and last < first:
        raise BadQuery("These dates end before they begin.", place)
    return Dated(first, last)


def _days(written: str, place: int) -> tuple[PrintedDate, ...]:
    try:
        return read_date(written)
    except BadDate as error:
        raise BadQuery(str(error), place + error.position) from error


def _one_date(written: str, place: int) -> PrintedDate:
    meant = _days(written, place)
    if len(meant) > 1:
        years = ", ".join(str(days.first.year) for days in meant)
        raise BadQuery(f"{written} may be {years}: name the era too, as in 光緒甲午.", place)
    return meant[0]


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
        while self._take("and") or self._sign.kind in {"leaf", "open", "not"}:
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(_flat(parts, And))

    def _one(self) -> Query:
        negated = False
        while self._take("not"):
            negated = not negated
        part = self._operand()
        if self._sign.kind == "near":
            part = self._near(part)
        return _negated(part) if negated else part

    def _operand(self) -> Query:
        sign = self._sign
        if self._take("leaf") and sign.query is not None:
            return sign.query
        if self._take("open"):
            return self._group(sign.place)
        raise BadQuery("A word is missing here.", sign.place)

    def _near(self, one: Query) -> Query:
        sign = self._sign
        self._take("near")
        begins = self._sign.place
        other = self._operand()
        if self._sign.kind == "near":
            raise BadQuery("NEAR joins two; write 甲 NEAR/5 乙 AND 乙 NEAR/5 丙.", self._sign.place)
        sides = _near_side(one, sign.place), _near_side(other, begins)
        if sides[0].exact != sides[1].exact:
            raise BadQuery("Beside NEAR, = stands before both sides or before none.", sign.place)
        return Near(*sides, sign.apart)

    def _group(self, opened: int) -> Query:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadQuery(f"More than {DEEPEST} parentheses within each other.", opened)
        part = self._either()
        if not self._take("close"):
            raise BadQuery("The parenthesis opened here is not closed.", opened)
        self._depth -= 1
        return part


def _near_side(query: Query, place: int) -> Phrase:
    if not isinstance(query, Phrase):
        raise BadQuery("NEAR stands between two words or phrases.", place)
    if any(isinstance(token, Wild) and token != ANY for token in query.tokens):
        raise BadQuery("Beside NEAR a word is spelt out, without ? and *.", place)
    return query


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
