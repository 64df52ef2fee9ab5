"""Full-text search: fold, cut, ask, find, and show the hit where it is printed.

index = open_index("archive/index")            # or https://user:password@search.example.org
index.replace(page.id, documents_of(page, title="jb", title_name="京报", date=date, revision="1"))
index.commit()
found = index.search(parse("北平 NOT 天津"), Filters(titles=("jb",)))
hits = locate(parse("北平"), page, article)     # boxes in master pixels
"""

from baoguan.search.analysis import ANALYSIS
from baoguan.search.cutting import words
from baoguan.search.documents import Document, article_text, documents_of, whole_page
from baoguan.search.fold import FOLD_VERSION, fold
from baoguan.search.index import Filters, Found, Index, open_index
from baoguan.search.marking import Match, Snippet, locate, matches, snippet, spans
from baoguan.search.query import EVERYTHING, And, Not, Or, Phrase, Query, parse, phrases

__all__ = [
    "ANALYSIS",
    "EVERYTHING",
    "FOLD_VERSION",
    "And",
    "Document",
    "Filters",
    "Found",
    "Index",
    "Match",
    "Not",
    "Or",
    "Phrase",
    "Query",
    "Snippet",
    "article_text",
    "documents_of",
    "fold",
    "locate",
    "matches",
    "open_index",
    "parse",
    "phrases",
    "snippet",
    "spans",
    "whole_page",
    "words",
]
