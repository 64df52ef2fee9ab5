"""More like this: articles with the words that tell one from all others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from baoguan.search.cutting import token_texts, words
from baoguan.search.documents import Document
from baoguan.search.fold import fold
from baoguan.search.index import NO_FILTERS, Filters, Index
from baoguan.search.query import EVERYTHING, Or, Phrase

WORDS_ASKED = 12
WORDS_WEIGHED = 36  # of which the index is asked how rare they are
LONGEST_WORD = 16  # characters


@dataclass(frozen=True, slots=True)
class Alike:
    """The words that were asked for, the weightiest first, and the articles, best first."""

    words: tuple[str, ...]
    ids: tuple[str, ...]


def more_like(
    index: Index, document: Document, filters: Filters = NO_FILTERS, limit: int = 10
) -> Alike:
    """Other articles that hold most of what is peculiar to `document`."""
    telling = telling_words(index, document.text)
    if not telling:
        return Alike((), ())
    asked = Or(tuple(Phrase(tuple(token_texts(word))) for word in telling))
    found = index.search(asked, filters, limit=limit + 1)
    return Alike(telling, tuple(id_ for id_ in found.ids if id_ != document.id)[:limit])


def telling_words(index: Index, text: str) -> tuple[str, ...]:
    """Words of two characters and more that are frequent here and rare elsewhere (TF-IDF)."""
    counted = Counter(word for word in words(fold(text)) if 2 <= len(word) <= LONGEST_WORD)
    weighty = sorted(counted, key=lambda word: (-counted[word] * len(word), word))
    everything = index.search(EVERYTHING, limit=1).total
    weights = {
        word: counted[word] * math.log(everything / in_articles)
        for word in weighty[:WORDS_WEIGHED]
        if (in_articles := _articles_with(index, token_texts(word))) > 1
    }
    telling = sorted(weights, key=lambda word: (-weights[word], word))
    return tuple(word for word in telling if weights[word] > 0)[:WORDS_ASKED]


def _articles_with(index: Index, tokens: Sequence[str]) -> int:
    return index.search(Phrase(tuple(tokens)), limit=1).total if tokens else 0
