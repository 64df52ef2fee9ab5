"""The index on an Elasticsearch server, 8 or 9: http(s)://[user:password@]host[:port][/path][/name]

The last part of the path names the index (`baoguan` where there is none); it is an alias. Behind it
stands `NAME-000001`, and what is not public is apart, in `NAME-closed-000001` behind `NAME-closed`,
so that a key may be given that opens the first and not the second. A rebuild fills the next number
and moves both aliases when it is complete; docs/decisions/0009-the-index.md says why.

Only the server's core is used: text is cut before it gets here and joined by spaces, so that the
built-in analyzer `whitespace` is enough and no plugin can disagree with us about an offset.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from elasticsearch import (
    ApiError,
    BadRequestError,
    Elasticsearch,
    NotFoundError,
    TransportError,
    helpers,
)

from baoguan.errors import IndexBusy, IndexStale, IndexUnavailable, UsageError
from baoguan.search.analysis import ANALYSIS
from baoguan.search.cutting import cut, spaced
from baoguan.search.documents import Document
from baoguan.search.index import (
    NO_ACCESS,
    NO_FILTERS,
    YES_NO,
    Access,
    Facets,
    Filters,
    Found,
    Volume,
    find_tolerantly,
    terms_of,
)
from baoguan.search.query import (
    ANY,
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
    too_many_words,
)
from baoguan.search.ranking import HEADLINE_BOOST, WORDS_BOOST, headline_phrases, ranking_words

DEFAULT_NAME = "baoguan"

_BATCH_DOCUMENTS = 500
_BATCH_BYTES = 8_000_000
_SECONDS = 30.0  # for one answer
_RETRIES, _FIRST_PAUSE, _LONGEST_PAUSE = 5, 0.5, 8.0  # seconds
_OVERLOADED = (429, 502, 503, 504)
_WINDOW = 10_000  # hits that Elasticsearch gives without a point in time
_MOST_TITLES = 10_000  # that are counted at once
_BEST_FIRST = [{"_score": "desc"}, {"id": "asc"}]

_Json = dict[str, Any]
_Answer = TypeVar("_Answer")


_Pages = dict[str, "_Handed"]


@dataclass(frozen=True, slots=True)
class _Handed:
    """A page's documents, and when they were handed in: what is newer stays, whoever wrote it."""

    documents: tuple[Document, ...]
    version: int


class ElasticsearchIndex:
    def __init__(self, url: str, access: Access = NO_ACCESS) -> None:
        self._client, self._server, self._name = _client(url, access)
        self._current: str | None = None  # what searches ask, as last seen behind the alias
        self._rebuilt: str | None = None  # what a rebuild fills, before the alias moves to it
        self._waiting: _Pages = {}
        self._sent: set[str] = set()  # pages since the last commit
        self._sender = ThreadPoolExecutor(1, "baoguan-bulk")
        self._under_way: tuple[Future[None], _Pages] | None = None

    def replace(self, page: str, documents: Sequence[Document]) -> None:
        for document in documents:
            if document.page != page:
                raise ValueError(f"{document.id} is of page {document.page}, not of {page}")
        self._waiting[page] = _Handed(tuple(documents), time.time_ns() // 1000)
        if sum(len(handed.documents) for handed in self._waiting.values()) >= _BATCH_DOCUMENTS:
            with self._reported():
                self._send()

    def remove(self, page: str) -> None:
        self.replace(page, ())

    def commit(self) -> None:
        with self._reported():
            self._send()
            self._arrived()
            if self._rebuilt is not None:
                self._client.indices.refresh(index=_both(self._rebuilt))
                self._move_aliases(self._rebuilt)
                self._current, self._rebuilt = self._rebuilt, None
            elif self._sent:
                self._client.indices.refresh(index=_both(self._target()))
            self._sent.clear()

    def search(
        self,
        query: Query,
        filters: Filters = NO_FILTERS,
        limit: int = 20,
        offset: int = 0,
        *,
        tolerant: bool = False,
    ) -> Found:
        def find(asked: Query, ranked_by: Query, limit: int, offset: int) -> Found:
            body = _ranked(asked, ranked_by, filters)
            return self._ask(
                lambda index: self._found(_seen_by(filters, index), body, limit, offset),
                Found(0, ()),
            )

        with self._reported(), _patterns_bounded(query):
            if tolerant:
                return find_tolerantly(find, query, limit, offset)
            return find(query, query, limit, offset)

    def facets(self, query: Query, filters: Filters = NO_FILTERS) -> Facets:
        narrowed = {"bool": {"filter": [_matching(query), *_filter_clauses(filters)]}}
        with self._reported(), _patterns_bounded(query):
            return self._ask(
                lambda index: self._counted(_seen_by(filters, index), narrowed), Facets()
            )

    def volumes(self, query: Query, filters: Filters = NO_FILTERS) -> Mapping[str, Volume]:
        narrowed = {"bool": {"filter": [_matching(query), *_filter_clauses(filters)]}}
        with self._reported(), _patterns_bounded(query):
            return self._ask(lambda index: self._measured(_seen_by(filters, index), narrowed), {})

    def contents(self) -> Mapping[str, str]:
        with self._reported():
            return self._ask(lambda index: self._revisions(_both(index)), {})

    def clear(self) -> None:
        with self._reported():
            self._behind_alias()
            self._rebuilt = self._create(serving=False)
        self._under_way = None
        self._waiting.clear()
        self._sent.clear()

    def close(self) -> None:
        self._waiting.clear()
        self._sender.shutdown(cancel_futures=True)
        self._client.close()

    # which index stands behind the name

    def _behind_alias(self) -> tuple[str, str] | None:
        """The index behind the alias, and what it was made with; None where there is none."""
        try:
            answer = self._client.indices.get(index=self._name)
        except NotFoundError:
            return None
        name = max(answer)
        made_with = answer[name]["mappings"].get("_meta", {}).get("made_with")
        if made_with is None or name == self._name:
            raise IndexUnavailable(
                f"{self._name} on {self._server} is not an index of baoguan; name another one."
            )
        return name, made_with

    def _answering(self) -> str | None:
        """The index that searches ask; None where nothing was written yet."""
        if self._current is None and (found := self._behind_alias()):
            name, made_with = found
            if made_with != ANALYSIS:
                raise IndexStale(f"{self._name} on {self._server} was made with other rules.")
            self._current = name
        return self._current

    def _ask(self, question: Callable[[str], _Answer], nothing: _Answer) -> _Answer:
        """Asks the present index; where another process has rebuilt it meanwhile, the new one."""
        for _ in range(2):
            index = self._answering()
            if index is None:
                return nothing
            try:
                return question(index)
            except NotFoundError:
                self._current = None
        return nothing

    def _target(self) -> str:
        """The index that is written; asked anew each time, since another process may rebuild."""
        if self._rebuilt is not None:
            return self._rebuilt
        self._current = None
        return self._answering() or self._first()

    def _first(self) -> str:
        try:
            return self._create(serving=True)
        except BadRequestError:
            if other := self._answering():  # another process was first
                return other
            raise

    def _create(self, *, serving: bool) -> str:
        numbers = [int(name.rpartition("-")[2]) for name in self._generations()]
        index = f"{self._name}-{max(numbers, default=0) + 1:06d}"
        for each, name in ((_closed(index), _closed(self._name)), (index, self._name)):
            aliases: _Json = {_door(each): {}} | ({name: {}} if serving else {})
            self._client.indices.create(
                index=each, mappings=_MAPPINGS, settings=_SETTINGS, aliases=aliases
            )
        return index

    def _move_aliases(self, to: str) -> None:
        """In one step the names lead to `to`, and the earlier ones and abandoned ones are gone."""
        new = {to: self._name, _closed(to): _closed(self._name)}
        actions: list[_Json] = [{"add": {"index": i, "alias": name}} for i, name in new.items()]
        old = [index for index in self._generations() if index not in new]
        actions += [{"remove_index": {"index": index}} for index in old]
        self._client.indices.update_aliases(actions=actions)

    def _generations(self) -> list[str]:
        own = re.compile(rf"{re.escape(self._name)}(-closed)?-\d{{6}}")
        return [
            name
            for name in self._client.indices.get(index=f"{self._name}-*")
            if own.fullmatch(name)
        ]

    # writing

    def _send(self) -> None:
        """Sends what waits, while what follows is being cut; one request is under way at a time."""
        if not self._waiting:
            return
        target = self._target()
        under_way = self._under_way[1].keys() if self._under_way else set()
        if (self._sent | under_way) & self._waiting.keys():
            self._arrived()
            self._client.indices.refresh(index=_both(target))
        actions = list(self._actions(target))
        self._arrived()
        pages, self._waiting = self._waiting, {}
        self._under_way = self._sender.submit(self._bulk, target, actions), pages

    def _arrived(self) -> None:
        """Waits for what is under way; where it failed, it waits again for the next attempt."""
        if self._under_way is None:
            return
        (future, pages), self._under_way = self._under_way, None
        try:
            future.result()
        except BaseException:
            self._waiting = pages | self._waiting
            raise
        self._sent |= pages.keys()

    def _actions(self, target: str) -> Iterator[_Json]:
        """Deletes what a page no longer has, then puts what it has, its leading document last.

        A page that was cut off in the middle therefore is not in `contents`, or in its old state.
        """
        kept = {
            (_place(target, document), document.id)
            for handed in self._waiting.values()
            for document in handed.documents
        }
        for index, id_, page in self._held(target):
            if (index, id_) not in kept:
                yield _action("delete", index, id_, self._waiting[page].version)
        for handed in self._waiting.values():
            for position in reversed(range(len(handed.documents))):
                document = handed.documents[position]
                source = _engine_document(document, leads_page=position == 0)
                index = _place(target, document)
                yield _action("index", index, document.id, handed.version) | {"_source": source}

    def _held(self, target: str) -> Iterator[tuple[str, str, str]]:
        """Index, id and page of what the waiting pages have there, as of the last refresh."""
        pages = list(self._waiting)
        if target == self._rebuilt:  # which nobody else fills
            pages = [page for page in pages if page in self._sent]
        if pages:
            asked = {"terms": {"page": pages}}
            for hit in self._all_hits(_both(target), asked, shown=["page"]):
                yield hit["_index"], hit["_id"], hit["_source"]["page"]

    def _bulk(self, target: str, actions: list[_Json]) -> None:
        """Every item is checked; those refused for load are sent again after a pause."""
        answers = helpers.streaming_bulk(
            self._client,
            actions,
            chunk_size=_BATCH_DOCUMENTS,
            max_chunk_bytes=_BATCH_BYTES,
            max_retries=_RETRIES,
            initial_backoff=_FIRST_PAUSE,
            max_backoff=_LONGEST_PAUSE,
            retry_on_status=_OVERLOADED,
            raise_on_error=False,
            raise_on_exception=False,
            require_alias=True,
        )
        refused = [item for done, item in answers if not done and _status(item, "delete") != 404]
        if refused and all(409 in (_status(i, "index"), _status(i, "delete")) for i in refused):
            raise IndexBusy(
                f"{target} holds newer entries of {len(refused)} articles: another process wrote"
                " them, or the clock of this machine is behind."
            )
        if refused:
            raise IndexUnavailable(
                f"{self._server} refused {len(refused)} changes of {target}; first: {refused[0]}"
            )

    # reading

    def _found(self, index: str, query: _Json, limit: int, offset: int) -> Found:
        if limit and offset + limit <= _WINDOW:
            answer = self._client.search(
                index=index,
                query=query,
                sort=_BEST_FIRST,
                from_=offset,
                size=limit,
                source=False,
                track_total_hits=True,
                preference=_SAME_COPY,
            )
            hits = answer["hits"]
            return Found(hits["total"]["value"], tuple(hit["_id"] for hit in hits["hits"]))
        end = offset + limit if limit else None
        ids = [hit["_id"] for hit in islice(self._all_hits(index, query), offset, end)]
        total = self._client.count(index=index, query=query, preference=_SAME_COPY)["count"]
        return Found(total, tuple(ids))

    def _counted(self, index: str, query: _Json) -> Facets:
        """Exact, since each shard tells all its titles, or they are asked for one by one."""
        told = self._aggregated(index, query, _FACETS)
        counted = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in told[name]["buckets"]}
            for name in _FACETS
            if name != "months"
        }
        months = {b["key_as_string"]: b["doc_count"] for b in told["months"]["buckets"]}
        if told["titles"]["sum_other_doc_count"]:
            counted["titles"] = self._all_titles(index, query)
        return Facets(**counted, months=months)

    def _all_titles(self, index: str, query: _Json) -> dict[str, int]:
        """How many hits each title has, however many titles there are."""
        counted: dict[str, int] = {}
        source = {"size": _MOST_TITLES, "sources": [{"title": {"terms": {"field": "title"}}}]}
        after: _Json = {}
        while True:
            asked = {"titles": {"composite": source | after}}
            told = self._aggregated(index, query, asked)["titles"]
            counted |= {b["key"]["title"]: b["doc_count"] for b in told["buckets"]}
            if len(told["buckets"]) < _MOST_TITLES:
                return counted
            after = {"after": told["after_key"]}

    def _measured(self, index: str, query: _Json) -> dict[str, Volume]:
        months = _BY_MONTH | {"aggs": {"sum": {"sum": {"field": "characters"}}}}
        told = self._aggregated(index, query, {"months": months})["months"]
        return {
            b["key_as_string"]: Volume(b["doc_count"], int(b["sum"]["value"]))
            for b in told["buckets"]
        }

    def _aggregated(self, index: str, query: _Json, asked: Mapping[str, Any]) -> _Json:
        answer = self._client.search(
            index=index, query=query, size=0, aggs=asked, preference=_SAME_COPY
        )
        told: _Json = answer["aggregations"]
        return told

    def _revisions(self, index: str) -> dict[str, str]:
        hits = self._all_hits(index, {"term": {"leads_page": True}}, shown=["page", "revision"])
        return {hit["_source"]["page"]: hit["_source"]["revision"] for hit in hits}

    def _all_hits(self, index: str, query: _Json, shown: Sequence[str] = ()) -> Iterator[_Json]:
        """Every hit, best first, from one point in time."""
        opened = self._client.open_point_in_time(
            index=index, keep_alive="2m", preference=_SAME_COPY
        )
        pit, after = opened["id"], None
        try:
            while True:
                answer = self._client.search(
                    pit={"id": pit, "keep_alive": "2m"},
                    query=query,
                    sort=_BEST_FIRST,
                    size=_WINDOW,
                    source_includes=shown or None,
                    source=None if shown else False,
                    search_after=after,
                    track_total_hits=False,
                )
                pit, hits = answer["pit_id"], answer["hits"]["hits"]
                yield from hits
                if len(hits) < _WINDOW:
                    return
                after = hits[-1]["sort"]
        finally:
            self._client.close_point_in_time(id=pit)

    @contextmanager
    def _reported(self) -> Iterator[None]:
        """Trouble with the server as IndexUnavailable, with its address and without a password."""
        try:
            yield
        except (TransportError, ApiError) as error:
            raise IndexUnavailable(f"Elasticsearch at {self._server}: {_reason(error)}") from error


@contextmanager
def _patterns_bounded(query: Query) -> Iterator[None]:
    """BadQuery where the server refuses to spell a pattern out, at its `max_clause_count`."""
    try:
        yield
    except BadRequestError as error:
        if not has_pattern_in_phrase(query):
            raise
        raise too_many_words() from error


_SAME_COPY = "baoguan"  # copies of an index count deleted documents differently: always ask one

_BY_MONTH: _Json = {
    "date_histogram": {
        "field": "date",
        "calendar_interval": "month",
        "format": "yyyy-MM",
        "min_doc_count": 1,
    }
}
_FACETS: _Json = {
    "titles": {"terms": {"field": "title", "size": _MOST_TITLES}},
    "kinds": {"terms": {"field": "kind", "size": 100}},
    "directions": {"terms": {"field": "direction", "size": 100}},
    "qualities": {"terms": {"field": "quality", "size": 100}},
    "illustrated": {"terms": {"field": "illustrated", "size": 2}},
    "persons": {"terms": {"field": "person", "size": 10_000}},
    "places": {"terms": {"field": "place", "size": 10_000}},
    "organisations": {"terms": {"field": "organisation", "size": 10_000}},
    "months": _BY_MONTH,
}

_SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",  # searches see what was committed, no more
}

_KEY = {"type": "keyword"}
_CUT = {"type": "text", "analyzer": "whitespace"}
_MAPPINGS: Mapping[str, Any] = {
    "dynamic": "strict",
    "_meta": {"made_with": ANALYSIS},
    "_source": {"excludes": ["headline", "u", "g", "w"]},
    "properties": {
        "id": _KEY,
        "page": _KEY,
        "revision": _KEY,
        "title": _KEY,
        "title_key": _KEY,
        "number": {"type": "integer"},
        "added": {"type": "long"},
        "kind": _KEY,
        "direction": _KEY,
        "quality": _KEY,
        "illustrated": _KEY,
        "person": _KEY,
        "place": _KEY,
        "organisation": _KEY,
        "name_key": _KEY,
        "characters": {"type": "integer"},
        "date": {"type": "date", "format": "strict_date"},
        "leads_page": {"type": "boolean"},
        "headline": _CUT,
        "u": _CUT,
        "g": _CUT,
        "w": _CUT | {"index_options": "freqs"},
    },
}


def _client(url: str, access: Access) -> tuple[Elasticsearch, str, str]:
    """The client, the server's address without a password, and the index's name."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except ValueError as error:
        raise UsageError(f"The address of the index makes no sense: {error}") from error
    if not parts.hostname:
        raise UsageError("The address of the index names no server.")
    path, _, name = parts.path.rstrip("/").rpartition("/")
    name = unquote(name) or DEFAULT_NAME
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,199}", name) or name.endswith("-closed"):
        raise UsageError(
            f"An index is named with small letters, digits, - and _, and not …-closed: {name!r}."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    server = f"{parts.scheme}://{host}:{port}{path}"
    known = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    if known and access.api_key:
        raise UsageError("Name a user in the address of the index, or an API key, not both.")
    if access.ca_file and not Path(access.ca_file).is_file():
        raise UsageError(f"There is no certificate in {access.ca_file}.")
    trust: Any = {"ca_certs": access.ca_file} if access.ca_file else {}
    client = Elasticsearch(
        server,
        basic_auth=known,
        api_key=access.api_key or None,
        **trust,
        request_timeout=_SECONDS,
        retry_on_timeout=False,
        retry_on_status=(),
        max_retries=2,
    )
    return client, server, name


def _closed(name: str) -> str:
    """Where what is not public is, for an index or the alias before it."""
    name, number = re.split(r"(?=-\d{6}$|$)", name, maxsplit=1)
    return f"{name}-closed{number}"


def _both(index: str) -> str:
    return f"{index},{_closed(index)}"


def _seen_by(filters: Filters, index: str) -> str:
    return _both(index) if filters.closed else index


def _place(target: str, document: Document) -> str:
    return target if document.public else _closed(target)


def _action(what: str, index: str, id_: str, version: int) -> _Json:
    """An item of a bulk request; one that comes late does not undo a newer one."""
    return {
        "_op_type": what,
        "_index": _door(index),
        "_id": id_,
        "version": version,
        "version_type": "external_gte",
    }


def _status(item: _Json, what: str) -> int | None:
    status: int | None = item.get(what, {}).get("status")
    return status


def _door(index: str) -> str:
    """The alias that `index` is written by.

    A bulk request to an index that is gone would make it anew, with guessed fields; to an alias
    that is gone it fails.
    """
    return f"{index}-write"


def _reason(error: TransportError | ApiError) -> str:
    if isinstance(error, ApiError):
        return f"status {error.status_code}, {error.message}"
    return str(error.message)


def _engine_document(document: Document, *, leads_page: bool) -> _Json:
    text = cut(document.text)
    made: _Json = {
        "id": document.id,
        "page": document.page,
        "revision": document.revision,
        "title": document.title,
        "title_key": document.title_keys,
        "number": document.number,
        "added": document.added,
        "kind": document.kind,
        "illustrated": YES_NO[document.illustrated],
        "name_key": document.name_keys,
        "characters": document.characters,
        "leads_page": leads_page,
        "headline": spaced(document.headline),
        "u": " ".join(text.folded),
        "g": " ".join(text.printed),
        "w": " ".join(text.words),
    }
    for key in ("direction", "quality"):
        if value := getattr(document, key):
            made[key] = value
    for kind, name in document.names:
        made.setdefault(kind, []).append(name)
    if document.date is not None:
        made["date"] = document.date.isoformat()
    return made


def _ranked(query: Query, ranked_by: Query, filters: Filters) -> _Json:
    """What matches `query`, ranked by the words and the headline of `ranked_by`."""
    better = [_spelt("headline", p.tokens, HEADLINE_BOOST) for p in headline_phrases(ranked_by)]
    better += [
        {"term": {"w": {"value": word, "boost": WORDS_BOOST}}} for word in ranking_words(ranked_by)
    ]
    return {
        "bool": {
            "must": [_matching(query)],
            "should": better,
            "filter": list(_filter_clauses(filters)),
        }
    }


def _filter_clauses(filters: Filters) -> Iterator[_Json]:
    for field, values in terms_of(filters).items():
        yield {"terms": {field: values}}
    if filters.date_from or filters.date_to:
        yield _between(filters.date_from, filters.date_to)
    if filters.added_since:
        yield {"range": {"added": {"gte": filters.added_since}}}


def _between(first: dt.date | None, last: dt.date | None) -> _Json:
    days = (first or dt.date.min).isoformat(), (last or dt.date.max).isoformat()
    return {"range": {"date": {"gte": days[0], "lte": days[1]}}}


def _matching(query: Query) -> _Json:
    match query:
        case Phrase():
            return _phrase(_field_of(query), query)
        case Near():
            return _near(query)
        case And(parts):
            return _conjunction(parts)
        case Or(()):
            return {"match_none": {}}  # an empty `should` would match everything
        case Or(parts):
            return _either([_matching(part) for part in parts])
        case Not():
            return _conjunction((query,))
        case InTitle() | Dated() | OnPage() | OfKind() | OfName():
            return {"constant_score": {"filter": _condition(query), "boost": 0}}


def _either(parts: list[_Json]) -> _Json:
    return {"bool": {"should": parts, "minimum_should_match": 1}}


def _condition(condition: Condition) -> _Json:
    match condition:
        case InTitle(name):
            return {"term": {"title_key": name}}
        case OfName():
            return {"term": {"name_key": condition.key}}
        case OnPage(number):
            return {"term": {"number": number}}
        case OfKind(kind):
            return {"term": {"kind": kind}}
        case Dated(first, last):
            return _between(first, last)


def _conjunction(parts: tuple[Query, ...]) -> _Json:
    wanted = [_matching(part) for part in parts if not isinstance(part, Not)]
    unwanted = [_matching(part.part) for part in parts if isinstance(part, Not)]
    return {"bool": {"must": wanted, "must_not": unwanted, "filter": [{"match_all": {}}]}}


def _field_of(phrase: Phrase) -> str:
    return "g" if phrase.exact else "u"


def _phrase(field: str, phrase: Phrase) -> _Json:
    if any(isinstance(token, Wild) for token in phrase.tokens):
        if len(phrase.tokens) == 1:
            return {"wildcard": {field: _pattern(phrase.tokens[0])}}
        return _in_order([_span(field, token) for token in phrase.tokens], 0)
    return _spelt(field, phrase.tokens)


def _spelt(field: str, tokens: Sequence[str | Wild], boost: float = 1.0) -> _Json:
    if len(tokens) == 1:
        return {"term": {field: {"value": tokens[0], "boost": boost}}}
    text = " ".join(str(token) for token in tokens)
    return {"match_phrase": {field: {"query": text, "boost": boost}}}


def _span(field: str, token: str | Wild) -> _Json:
    if token == ANY:
        return {"span_gap": {field: 1}}
    if isinstance(token, Wild):
        return {"span_multi": {"match": {"wildcard": {field: _pattern(token)}}}}
    return {"span_term": {field: token}}


def _pattern(token: str | Wild) -> _Json:
    """Tokens are letters and digits; `?` and `*` mean in Elasticsearch what they mean here."""
    return {"value": token.pattern if isinstance(token, Wild) else token}


def _near(near: Near) -> _Json:
    field = _field_of(near.one)
    one, other = (
        _in_order([_span(field, token) for token in side.tokens], 0)
        for side in (near.one, near.other)
    )
    orders = ([one, other], [other, one])
    return _either([_in_order(sides, near.apart) for sides in orders])


def _in_order(spans: list[_Json], slop: int) -> _Json:
    if len(spans) == 1:
        return spans[0]
    return {"span_near": {"clauses": spans, "slop": slop, "in_order": True}}
