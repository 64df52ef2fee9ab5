"""What a query may mean where a character was misread: one wrong character in a phrase.

Of a phrase with four Han characters and more, any one may be another or be missed. Of two and three
that would match too much; there one may be a character that looks like it in print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources

from baoguan.search.query import ANY, And, Not, Or, Phrase, Query, Wild

ANY_WRONG_FROM = 4  # Han characters; in a shorter phrase only look-alikes stand for each other
LONGEST_LOOSENED = 32  # characters; each costs a phrase of its own
MOST_ALTERNATIVES = 128  # in a query; what would be beyond is sought as it is


def loosened(query: Query) -> Query:
    """`query` with every phrase also as it may have been misread; what is to be absent stays.

    The same tree where there is nothing to loosen.
    """
    return _Loosening().of(query)


def possible_only(query: Query) -> Query | None:
    """What `loosened(query)` finds and `query` does not; None where that is surely nothing."""
    loose = loosened(query)
    return None if loose == query else And((loose, Not(query)))


def look_alikes(character: str) -> str:
    """Characters that a reader may take `character` for, most alike first; all folded."""
    return _table().get(character, "")


class _Loosening:
    def __init__(self) -> None:
        self._left = MOST_ALTERNATIVES

    def of(self, query: Query) -> Query:
        match query:
            case Phrase():
                return self._phrase(query)
            case And(parts):
                return And(tuple(self.of(part) for part in parts))
            case Or(parts):
                return Or(tuple(self.of(part) for part in parts))
            case _:
                return query

    def _phrase(self, phrase: Phrase) -> Query:
        misread = tuple(dict.fromkeys(_misreadings(phrase)))
        if not misread or len(misread) > self._left:
            return phrase
        self._left -= len(misread)
        return Or((phrase, *misread))


def _misreadings(phrase: Phrase) -> Iterator[Phrase]:
    tokens = phrase.tokens
    spelt = [token for token in tokens if isinstance(token, str)]
    if phrase.exact or len(spelt) < len(tokens) or len(tokens) > LONGEST_LOOSENED:
        return
    han = [place for place, token in enumerate(spelt) if is_han(token)]
    for place in han:
        before, after = tuple(spelt[:place]), tuple(spelt[place + 1 :])
        if len(han) >= ANY_WRONG_FROM:
            gap = (ANY,) if before and after else ()
            yield Phrase((*before, *gap, *after))
        elif len(han) > 1:
            for alike in look_alikes(spelt[place]):
                yield Phrase((*before, alike, *after))


def is_han(token: str | Wild) -> bool:
    """Whether a token is one Han character."""
    return (
        isinstance(token, str)
        and len(token) == 1
        and ("\u3400" <= token <= "\u9fff" or token >= "\U00020000")
    )


@lru_cache(1)
def _table() -> Mapping[str, str]:
    file = resources.files("baoguan.search").joinpath("data", "lookalikes.txt")
    lines = file.read_text("utf-8").splitlines()
    return {line[0]: line[1:] for line in lines if line and not line.startswith("#")}
