"""The index as a folder of this machine, kept by tantivy.

    FOLDER/analysis.json    what the index was made with
    FOLDER/data/            tantivy's files

Text is cut before it gets here and joined by spaces, so tantivy only splits at spaces. Keys are
raw text fields: tantivy 0.27 deletes nothing, and says nothing, by a term of an unsigned field.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import tantivy
from tantivy import FieldType, Occur

from baoguan.errors import IndexBusy, IndexStale, IndexUnavailable
from baoguan.search.analysis import ANALYSIS
from baoguan.search.cutting import cut, spaced
from baoguan.search.documents import Document
from baoguan.search.index import (
    NO_FILTERS,
    YES_NO,
    Facets,
    Filters,
    Found,
    Volume,
    find_tolerantly,
    terms_of,
)
from baoguan.search.interleaved import NOTHING, PRINTED, Placed, interleaved, placed
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
    has_pattern_in_phrase,
    phrases,
    too_many_words,
)
from baoguan.search.ranking import HEADLINE_BOOST, WORDS_BOOST, headline_phrases, ranking_words

MADE_WITH = f"{ANALYSIS}, tantivy {version('tantivy')}"

_HEAP = 128_000_000  # bytes that the writer gathers before it writes a segment
_NAMES = ("person", "place", "organisation")
_FACETS = ("title", "kind", "direction", "quality", "illustrated", *_NAMES)
_MOST_BUCKETS = 60_000  # titles or months; tantivy bears 65,000
_LATEST = 2**62  # microseconds
_SPARE = 32  # hits fetched beyond those asked for, so that equals at the edge can be put in order


class TantivyIndex:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._seen: tuple[int, int] | None = None

    def replace(self, page: str, documents: Sequence[Document]) -> None:
        for document in documents:
            if document.page != page:
                raise ValueError(f"{document.id} is of page {document.page}, not of {page}")
        with self._written() as writer:
            writer.delete_documents_by_term("page", page)
            for position, document in enumerate(documents):
                writer.add_document(_engine_document(document, leads_page=position == 0))

    def remove(self, page: str) -> None:
        self.replace(page, ())

    def commit(self) -> None:
        if self._writer is not None:
            with self._written() as writer:
                writer.commit()
                self._writer = None
                writer.wait_merging_threads()

    def search(
        self,
        query: Query,
        filters: Filters = NO_FILTERS,
        limit: int = 20,
        offset: int = 0,
        *,
        tolerant: bool = False,
    ) -> Found:
        searcher = self._reading().searcher()

        def find(asked: Query, ranked_by: Query, limit: int, offset: int) -> Found:
            end = offset + limit if limit else max(1, searcher.num_docs)
            ordered = _best if any(phrases(ranked_by)) else _by_id
            total, ids = ordered(searcher, _ranked(asked, ranked_by, filters), end)
            return Found(total, tuple(ids[offset:end]))

        with _patterns_bounded(query):
            if tolerant:
                return find_tolerantly(find, query, limit, offset)
            return find(query, query, limit, offset)

    def facets(self, query: Query, filters: Filters = NO_FILTERS) -> Facets:
        searcher = self._reading().searcher()
        asked = {field: _by(field) for field in (*_FACETS, "month")}
        with _patterns_bounded(query):
            told = searcher.aggregate(_narrowed(query, filters), asked)
        by_key = {
            field: {b["key"]: b["doc_count"] for b in told[field]["buckets"]} for field in _FACETS
        }
        months = {month: b["doc_count"] for month, b in _in_order(told["month"]["buckets"])}
        return Facets(
            titles=by_key["title"],
            kinds=by_key["kind"],
            months=months,
            directions=by_key["direction"],
            qualities=by_key["quality"],
            illustrated=by_key["illustrated"],
            persons=by_key["person"],
            places=by_key["place"],
            organisations=by_key["organisation"],
        )

    def volumes(self, query: Query, filters: Filters = NO_FILTERS) -> Mapping[str, Volume]:
        searcher = self._reading().searcher()
        asked = {"month": _by("month") | {"aggs": {"sum": {"sum": {"field": "characters"}}}}}
        with _patterns_bounded(query):
            told = searcher.aggregate(_narrowed(query, filters), asked)
        return {
            month: Volume(b["doc_count"], int(b["sum"]["value"]))
            for month, b in _in_order(told["month"]["buckets"])
        }

    def contents(self) -> Mapping[str, str]:
        searcher = self._reading().searcher()
        leading = tantivy.Query.term_query(_SCHEMA, "leads_page", 1)
        found = searcher.search(leading, limit=max(1, searcher.num_docs))
        stored = (searcher.doc(address) for _, address in found.hits)
        return {str(d.get_first("page")): str(d.get_first("revision")) for d in stored}

    def clear(self) -> None:
        try:
            writer = self._writing()
        except IndexStale:
            self._start_anew()
            writer = self._writing()
        writer.delete_all_documents()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.rollback()
            self._writer.wait_merging_threads()
        self._writer = self._index = self._seen = None

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _meta(self) -> Path:
        """The file by which tantivy makes a commit visible."""
        return self._data / "meta.json"

    @property
    def _label(self) -> Path:
        return self._folder / "analysis.json"

    def _is_stale(self) -> bool:
        """Whether the folder holds an index that was made with something else."""
        try:
            label = json.loads(self._label.read_text("utf-8"))
        except FileNotFoundError:
            return self._meta.exists()
        except (json.JSONDecodeError, UnicodeDecodeError):
            return True
        except OSError as error:
            raise IndexUnavailable(f"{self._label} cannot be read: {error.strerror}") from error
        return not isinstance(label, dict) or label.get("made_with") != MADE_WITH

    def _opened(self) -> tantivy.Index:
        if self._is_stale():
            self._index = None
            raise IndexStale(f"The index in {self._folder} was made with other rules.")
        if self._index is None or not self._meta.exists():
            self._index, self._seen = self._open(), None
        return self._index

    def _open(self) -> tantivy.Index:
        try:
            self._data.mkdir(parents=True, exist_ok=True)
            index = tantivy.Index(_SCHEMA, path=str(self._data))
            if not self._label.exists():
                self._write_label()
        except OSError as error:
            raise IndexUnavailable(f"{self._folder}: {error.strerror}") from error
        except ValueError as error:
            raise IndexStale(f"The index in {self._folder} cannot be opened: {error}") from error
        index.register_tokenizer(
            "split",
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
            .filter(tantivy.Filter.custom_stopword([NOTHING]))
            .build(),
        )
        index.config_reader("manual")
        return index

    def _write_label(self) -> None:
        draft = self._label.with_suffix(".new")
        draft.write_text(json.dumps({"made_with": MADE_WITH}) + "\n", "utf-8")
        draft.replace(self._label)

    def _start_anew(self) -> None:
        self._index = self._seen = None
        try:
            self._label.unlink(missing_ok=True)
            if self._data.exists():
                shutil.rmtree(self._data)
        except OSError as error:
            raise IndexUnavailable(f"{self._folder}: {error.strerror}") from error

    def _reading(self) -> tantivy.Index:
        """The index as of its last commit, whichever process made it."""
        index = self._opened()
        meta = self._meta.stat()
        if self._seen != (meta.st_ino, meta.st_mtime_ns):
            index.reload()
            self._seen = meta.st_ino, meta.st_mtime_ns
        return index

    def _writing(self) -> tantivy.IndexWriter:
        index = self._opened()
        if self._writer is None:
            try:
                self._writer = index.writer(_HEAP, num_threads=1)
            except ValueError as error:
                raise IndexBusy(f"{self._folder} is being written by another process.") from error
        return self._writer

    @contextmanager
    def _written(self) -> Iterator[tantivy.IndexWriter]:
        """The writer; where it fails, IndexUnavailable, and the last commit is what is left."""
        writer = self._writing()
        try:
            yield writer
        except (OSError, ValueError) as error:  # tantivy tells a full disk as either
            self._writer = None
            raise IndexUnavailable(f"{self._folder} cannot be written: {error}") from error


@contextmanager
def _patterns_bounded(query: Query) -> Iterator[None]:
    """BadQuery where tantivy refuses to spell a pattern out, at 16,384 words."""
    try:
        yield
    except ValueError as error:
        if not has_pattern_in_phrase(query):
            raise
        raise too_many_words() from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for key in ("page", "revision"):
        builder.add_text_field(key, stored=True, tokenizer_name="raw", index_option="basic")
    for key in _FACETS:
        builder.add_text_field(key, fast=True, tokenizer_name="raw", index_option="basic")
    for key in ("title_key", "name_key"):
        builder.add_text_field(key, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("date", indexed=True, fast=True)  # 19370707
    builder.add_integer_field("month", fast=True)  # 193707
    builder.add_integer_field("characters", fast=True)
    builder.add_integer_field("leads_page", indexed=True)
    builder.add_integer_field("closed", indexed=True)
    builder.add_integer_field("number", indexed=True)
    builder.add_integer_field("added", indexed=True, fast=True)
    builder.add_text_field("headline", tokenizer_name="split")
    builder.add_text_field("text", tokenizer_name="split")
    builder.add_text_field("words", tokenizer_name="split", index_option="freq")
    return builder.build()


_SCHEMA = _schema()


def _engine_document(document: Document, *, leads_page: bool) -> tantivy.Document:
    made = tantivy.Document()
    for key in ("id", "page", "revision", "title", "kind"):
        made.add_text(key, getattr(document, key))
    for name in document.title_keys:
        made.add_text("title_key", name)
    for kind, name in document.names:
        made.add_text(kind, name)
    for key in document.name_keys:
        made.add_text("name_key", key)
    for key in ("direction", "quality"):
        if value := getattr(document, key):
            made.add_text(key, value)
    made.add_text("illustrated", YES_NO[document.illustrated])
    if not document.public:
        made.add_integer("closed", 1)
    made.add_integer("number", document.number)
    made.add_integer("added", document.added)
    made.add_integer("characters", document.characters)
    if document.date is not None:
        made.add_integer("date", _day(document.date))
        made.add_integer("month", _day(document.date) // 100)
    if leads_page:
        made.add_integer("leads_page", 1)
    made.add_text("headline", spaced(document.headline))
    text = cut(document.text)
    made.add_text("text", interleaved(text.folded, text.printed))
    made.add_text("words", " ".join(text.words))
    return made


def _day(date: dt.date) -> int:
    return date.year * 10000 + date.month * 100 + date.day


def _by(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": _MOST_BUCKETS}}


def _in_order(buckets: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Buckets of months, 193904, as `1939-04` in order of time."""
    for bucket in sorted(buckets, key=lambda b: b["key"]):
        month = int(bucket["key"])
        yield f"{month // 100:04}-{month % 100:02}", bucket


def _by_id(searcher: tantivy.Searcher, query: tantivy.Query, wanted: int) -> tuple[int, list[str]]:
    """How many there are, and the first `wanted` ids, for a query that ranks nothing."""
    result = searcher.search(query, limit=wanted, order_by_field="id", order=tantivy.Order.Asc)
    return cast(Any, result).count, [str(id_) for id_, _ in result.hits]


def _best(searcher: tantivy.Searcher, query: tantivy.Query, wanted: int) -> tuple[int, list[str]]:
    """How many there are, and at least `wanted` ids of the best, those of equal score by id.

    tantivy orders equals by where they lie, so the last score fetched is fetched whole.
    """
    room = max(1, searcher.num_docs)
    fetched = min(room, wanted + _SPARE)
    while True:
        result = searcher.search(query, limit=fetched)
        hits = result.hits
        edge_is_whole = len(hits) < fetched or fetched == room or hits[wanted - 1][0] > hits[-1][0]
        if edge_is_whole:
            break
        fetched = min(room, fetched * 4)
    ordered = sorted((-score, str(searcher.doc(at).get_first("id"))) for score, at in hits)
    return cast(Any, result).count, [id_ for _, id_ in ordered]


def _ranked(query: Query, ranked_by: Query, filters: Filters) -> tantivy.Query:
    """What matches `query`, ranked by the words and the headline of `ranked_by`."""
    clauses = [(Occur.Must, _matching(query))]
    for phrase in headline_phrases(ranked_by):
        plain = list[tuple[int, str | Wild]](enumerate(phrase.tokens))
        headline = tantivy.Query.boost_query(_at_places("headline", plain), HEADLINE_BOOST)
        clauses.append((Occur.Should, headline))
    for word in ranking_words(ranked_by):
        term = tantivy.Query.term_query(_SCHEMA, "words", word, index_option="freq")
        clauses.append((Occur.Should, tantivy.Query.boost_query(term, WORDS_BOOST)))
    clauses += [(occur, _unranked(clause)) for occur, clause in _filter_clauses(filters)]
    return tantivy.Query.boolean_query(clauses)


def _narrowed(query: Query, filters: Filters) -> tantivy.Query:
    """What matches, without rank."""
    clauses = [(Occur.Must, _matching(query))]
    clauses += _filter_clauses(filters)
    return tantivy.Query.boolean_query(clauses)


def _unranked(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _filter_clauses(filters: Filters) -> Iterator[tuple[Occur, tantivy.Query]]:
    if not filters.closed:
        yield Occur.MustNot, tantivy.Query.term_query(_SCHEMA, "closed", 1)
    for field, values in terms_of(filters).items():
        yield Occur.Must, tantivy.Query.term_set_query(_SCHEMA, field, values)
    if filters.date_from or filters.date_to:
        yield Occur.Must, _between(filters.date_from, filters.date_to)
    if filters.added_since:
        yield Occur.Must, _in_range("added", filters.added_since, _LATEST)


def _between(first: dt.date | None, last: dt.date | None) -> tantivy.Query:
    return _in_range("date", _day(first or dt.date.min), _day(last or dt.date.max))


def _in_range(field: str, first: int, last: int) -> tantivy.Query:
    return tantivy.Query.range_query(
        _SCHEMA, field, FieldType.Integer, lower_bound=first, upper_bound=last
    )


def _matching(query: Query) -> tantivy.Query:
    match query:
        case Phrase():
            return _at_places("text", placed(query))
        case Near():
            return _near(query)
        case And(parts):
            return _conjunction(parts)
        case Or(parts):
            return tantivy.Query.boolean_query([(Occur.Should, _matching(p)) for p in parts])
        case Not():
            return _conjunction((query,))
        case InTitle() | Dated() | OnPage() | OfKind() | OfName():
            return _unranked(_condition(query))


def _condition(condition: Condition) -> tantivy.Query:
    match condition:
        case InTitle(name):
            return tantivy.Query.term_query(_SCHEMA, "title_key", name, index_option="basic")
        case OfName():
            key = condition.key
            return tantivy.Query.term_query(_SCHEMA, "name_key", key, index_option="basic")
        case OnPage(number):
            return tantivy.Query.term_query(_SCHEMA, "number", number)
        case OfKind(kind):
            return tantivy.Query.term_query(_SCHEMA, "kind", kind, index_option="basic")
        case Dated(first, last):
            return _between(first, last)


def _conjunction(parts: tuple[Query, ...]) -> tantivy.Query:
    clauses = [
        (Occur.MustNot, _matching(part.part))
        if isinstance(part, Not)
        else (Occur.Must, _matching(part))
        for part in parts
    ]
    if not any(occur is Occur.Must for occur, _ in clauses):
        everything = tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)
        clauses.append((Occur.Must, everything))
    return tantivy.Query.boolean_query(clauses)


def _at_places(field: str, where: Placed) -> tantivy.Query:
    patterned = any(isinstance(token, Wild) for _, token in where)
    if len(where) == 1:
        token = where[0][1]
        if isinstance(token, Wild):
            return tantivy.Query.regex_query(_SCHEMA, field, _regex(token))
        return tantivy.Query.term_query(_SCHEMA, field, token)
    if patterned:
        regexes: list[str | tuple[int, str]] = [(place, _regex(token)) for place, token in where]
        return tantivy.Query.regex_phrase_query(_SCHEMA, field, regexes)
    known: list[str | tuple[int, str]] = [(place, str(token)) for place, token in where]
    return tantivy.Query.phrase_query(_SCHEMA, field, known)


def _regex(token: str | Wild) -> str:
    """Tokens are letters and digits, which mean themselves; none is found in a printed form."""
    if isinstance(token, Wild):
        any_sign = f"[^{PRINTED}]"
        return token.pattern.replace("?", any_sign).replace("*", f"{any_sign}*")
    return token


def _near(near: Near) -> tantivy.Query:
    """One phrase with a gap for each distance, in both orders: tantivy's slop is not as exact.

    Both sides are asked for by themselves too, which is what makes rare ones fast.
    """
    one, other = near.one, near.other
    distances = [
        (Occur.Should, _at_places("text", placed(a) + placed(b, len(a.tokens) + gap)))
        for a, b in ((one, other), (other, one))
        for gap in range(near.apart + 1)
    ]
    return tantivy.Query.boolean_query(
        [
            (Occur.Must, _matching(one)),
            (Occur.Must, _matching(other)),
            (Occur.Must, tantivy.Query.boolean_query(distances)),
        ]
    )
