"""What puts one hit before another: headlines that hold a phrase, and words of the dictionary."""

from __future__ import annotations

from collections.abc import Iterator

from baoguan.search.cutting import joined, words
from baoguan.search.fold import fold
from baoguan.search.query import Phrase, Query, Wild, phrases

WORDS_BOOST, HEADLINE_BOOST = 2.0, 3.0


def headline_phrases(query: Query) -> tuple[Phrase, ...]:
    """What is looked for and spelt out, folded: a headline with it counts more."""
    spelt = (literal for phrase in phrases(query) if (literal := _literal(phrase)))
    return tuple(dict.fromkeys(spelt))


def ranking_words(query: Query) -> tuple[str, ...]:
    """The words within what is looked for."""
    return tuple(
        dict.fromkeys(
            word
            for phrase in phrases(query)
            for run in _spelt_runs(phrase)
            for word in words(joined(run))
        )
    )


def _literal(phrase: Phrase) -> Phrase | None:
    runs = list(_spelt_runs(phrase))
    whole = len(runs) == 1 and len(runs[0]) == len(phrase.tokens)
    return Phrase(runs[0]) if whole else None


def _spelt_runs(phrase: Phrase) -> Iterator[tuple[str, ...]]:
    """The runs of folded tokens between those that are not spelt out."""
    run: tuple[str, ...] = ()
    for token in phrase.tokens:
        if isinstance(token, Wild):
            if run:
                yield run
            run = ()
        else:
            run += (fold(token),)
    if run:
        yield run
