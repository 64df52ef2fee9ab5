"""Full-text search: fold, cut, ask, find, and show the hit where it is printed.

index = open_index("archive/index")            # or https://user:password@search.example.org
index.replace(page.id, documents_of(page, title="jb", title_name="京报", date=date, revision="1"))
index.commit()
found = index.search(parse("北平 NOT 天津"), Filters(titles=("jb",)))
hits = locate(parse("北平"), page, article)     # boxes in master pixels
"""

from baoguan.search.analysis import ANALYSIS
from baoguan.search.cutting import words
from baoguan.search.documents import (
    QUALITIES,
    Document,
    article_text,
    documents_of,
    whole_page,
)
from baoguan.search.fold import FOLD_VERSION, fold
from baoguan.search.index import (
    NO_FILTERS,
    Access,
    Facets,
    Filters,
    Found,
    Index,
    Volume,
    open_index,
)
from baoguan.search.likeness import Alike, more_like
from baoguan.search.marking import (
    Match,
    Reading,
    Snippet,
    excerpt,
    locate,
    matches,
    place,
    show,
    snippet,
    spans,
)
from baoguan.search.naming import Named, Namer, any_of, surfaces
from baoguan.search.narrowing import filters_of
from baoguan.search.passages import Family, Passages, Reprint
from baoguan.search.query import (
    ANY,
    EVERYTHING,
    And,
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
    parse,
    phrases,
)
from baoguan.search.tolerance import look_alikes, loosened
from baoguan.search.trends import By, Period, trend, trend_rows

__all__ = [
    "ANALYSIS",
    "ANY",
    "EVERYTHING",
    "FOLD_VERSION",
    "NO_FILTERS",
    "QUALITIES",
    "Access",
    "Alike",
    "And",
    "By",
    "Dated",
    "Document",
    "Facets",
    "Family",
    "Filters",
    "Found",
    "InTitle",
    "Index",
    "Match",
    "Named",
    "Namer",
    "Near",
    "Not",
    "OfKind",
    "OfName",
    "OnPage",
    "Or",
    "Passages",
    "Period",
    "Phrase",
    "Query",
    "Reading",
    "Reprint",
    "Snippet",
    "Volume",
    "Wild",
    "any_of",
    "article_text",
    "documents_of",
    "excerpt",
    "filters_of",
    "fold",
    "locate",
    "look_alikes",
    "loosened",
    "matches",
    "more_like",
    "open_index",
    "parse",
    "phrases",
    "place",
    "show",
    "snippet",
    "spans",
    "surfaces",
    "trend",
    "trend_rows",
    "whole_page",
    "words",
]
