"""What only an index on a server can suffer."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from elasticsearch import Elasticsearch

from baoguan.errors import BadQuery, IndexUnavailable, UsageError
from baoguan.search import (
    ANALYSIS,
    EVERYTHING,
    Document,
    Filters,
    on_elasticsearch,
    open_index,
    parse,
)

Make = Callable[..., Document]
AddressOf = Callable[[], str]


@pytest.fixture
def address(server_address: AddressOf) -> str:
    return server_address()


def generation(name: str, number: int) -> set[str]:
    """The indexes that a rebuild makes."""
    return {f"{name}-{number:06d}", f"{name}-closed-{number:06d}"}


@contextmanager
def client_of(address: str) -> Iterator[tuple[Elasticsearch, str]]:
    server, _, name = address.rpartition("/")
    with Elasticsearch(server) as client:
        yield client, name


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    index = open_index(f"http://reader:secret@127.0.0.1:{port}/papers")
    for question in (lambda: index.search(EVERYTHING), index.contents, index.clear):
        with pytest.raises(IndexUnavailable) as trouble:
            question()
        assert f"http://127.0.0.1:{port}" in str(trouble.value)
        assert "secret" not in str(trouble.value)
    index.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://host:notaport/",
        "http://host:99999",
        "http://host/Upper",
        "http://host/a*b",
        "http://host/papers-closed",
    ],
)
def test_an_address_that_makes_no_sense_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        open_index(url)


@contextmanager
def a_server_that(
    answers: Callable[[str], tuple[int, object]], shown: list[str | None] | None = None
) -> Iterator[str]:
    """A small stand-in: `answers` gives status and body for "METHOD /path".

    Into `shown` goes what each request shows to be let in.
    """

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if shown is not None:
                shown.append(self.headers["Authorization"])
            status, body = answers(f"{self.command} {self.path}")
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/papers"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_refusal_is_told_with_its_status(status: int) -> None:
    with a_server_that(lambda _: (status, {"error": "no", "status": status})) as url:
        index = open_index(url)
        with pytest.raises(IndexUnavailable, match=str(status)):
            index.search(EVERYTHING)
        index.close()


def test_a_pattern_that_stands_for_too_many_words_is_refused() -> None:
    def answers(request: str) -> tuple[int, object]:
        if "_search" in request:
            return 400, {"error": "too many clauses", "status": 400}
        return a_papers_index(request, bulk_status=201)

    with a_server_that(answers) as url:
        index = open_index(url)
        for ask in (index.search, index.facets):
            with pytest.raises(BadQuery, match="too many words"):
                ask(parse("NOT (甲 OR 甲ab*)"))
            with pytest.raises(IndexUnavailable, match="400"):
                ask(parse("ab* 甲?乙"))
        index.close()


def test_items_refused_for_load_are_sent_again(
    article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_elasticsearch, "_FIRST_PAUSE", 0.01)
    seen: list[str] = []

    def answers(request: str) -> tuple[int, object]:
        seen.append(request.split("?")[0])
        return a_papers_index(request, bulk_status=429 if seen.count("PUT /_bulk") < 3 else 201)

    with a_server_that(answers) as url:
        index = open_index(url)
        index.replace("p1", [article("p1-1", "甲")])
        index.commit()
        index.close()
    assert seen.count("PUT /_bulk") == 3


def test_items_refused_for_good_are_told_and_kept_for_the_next_commit(
    article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_elasticsearch, "_FIRST_PAUSE", 0.01)
    status = 400
    bulks = 0

    def answers(request: str) -> tuple[int, object]:
        nonlocal bulks
        bulks += request.startswith("PUT /_bulk")
        return a_papers_index(request, bulk_status=status)

    with a_server_that(answers) as url:
        index = open_index(url)
        index.replace("p1", [article("p1-1", "甲")])
        with pytest.raises(IndexUnavailable, match="refused 1 changes"):
            index.commit()
        status = 201
        index.commit()
        index.close()
    assert bulks == 2


def a_papers_index(request: str, bulk_status: int) -> tuple[int, object]:
    """Just enough of a server that holds an index `papers` without documents."""
    if request.startswith("GET /papers"):
        meta = {"_meta": {"made_with": ANALYSIS}}
        return 200, {"papers-000001": {"mappings": meta}}
    if request.startswith("PUT /_bulk"):
        item = {"_id": "p1-1", "status": bulk_status, "error": {"reason": "no"}}
        return 200, {"errors": bulk_status >= 400, "items": [{"index": item}]}
    if "_pit" in request:
        return 200, {"id": "pit", "succeeded": True}
    return 200, {"pit_id": "pit", "hits": {"hits": [], "total": {"value": 0}}}


def test_an_index_that_is_not_ours_is_left_alone(address: str, article: Make) -> None:
    with client_of(address) as (client, name):
        client.indices.create(index=f"{name}-000009", aliases={name: {}})
        index = open_index(address)
        for attempt in (index.contents, index.clear):
            with pytest.raises(IndexUnavailable, match="not an index of baoguan"):
                attempt()
        index.replace("p1", [article("p1-1", "甲")])
        with pytest.raises(IndexUnavailable):
            index.commit()
        index.close()
        assert client.indices.exists(index=f"{name}-000009")


def test_a_rebuild_leaves_one_index_behind_the_name(address: str, article: Make) -> None:
    index = open_index(address)
    for _ in range(3):
        index.clear()
        index.replace("p1", [article("p1-1", "甲")])
        index.commit()
    with client_of(address) as (client, name):
        assert set(client.indices.get(index=f"{name}-*")) == generation(name, 3)
    index.close()


def test_an_abandoned_rebuild_changes_nothing_and_is_swept_up_by_the_next(
    address: str, article: Make
) -> None:
    index = open_index(address)
    index.replace("p1", [article("p1-1", "甲")])
    index.commit()
    index.clear()
    index.close()
    index = open_index(address)
    assert index.search(parse("甲")).total == 1
    index.clear()
    index.commit()
    assert index.contents() == {}
    with client_of(address) as (client, name):
        assert set(client.indices.get(index=f"{name}-*")) == generation(name, 3)
    index.close()


def test_a_name_that_begins_like_another_is_left_alone(address: str, article: Make) -> None:
    neighbour = open_index(f"{address}-x")
    neighbour.replace("p1", [article("p1-1", "甲")])
    neighbour.commit()
    index = open_index(address)
    index.clear()
    index.commit()
    assert neighbour.search(EVERYTHING).total == 1
    neighbour.close()
    index.close()


def test_a_bulk_into_an_index_that_is_gone_fails_and_makes_no_index(
    address: str, article: Make
) -> None:
    index = open_index(address)
    index.replace("p1", [article("p1-1", "甲")])
    index.commit()
    with client_of(address) as (client, name):
        index.clear()
        client.indices.delete(index=f"{name}-000002")
        index.replace("p2", [article("p2-1", "甲")])
        with pytest.raises(IndexUnavailable):
            index.commit()
        assert f"{name}-000002" not in client.indices.get(index=f"{name}*")
    index.close()


def test_an_index_that_was_deleted_is_begun_again(address: str, article: Make) -> None:
    index = open_index(address)
    index.replace("p1", [article("p1-1", "甲")])
    index.commit()
    with client_of(address) as (client, name):
        client.indices.delete(index=f"{name}-000001")
    assert index.search(EVERYTHING).total == 0
    index.replace("p2", [article("p2-1", "甲")])
    index.commit()
    assert index.contents() == {"p2": "1"}
    index.close()


def test_a_full_disk_is_told(address: str, article: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_elasticsearch, "_FIRST_PAUSE", 0.01)
    index = open_index(address)
    index.replace("p1", [article("p1-1", "甲")])
    index.commit()
    with client_of(address) as (client, name):
        block = {"index.blocks.read_only_allow_delete": True}
        client.indices.put_settings(index=name, settings=block)
        index.replace("p2", [article("p2-1", "甲")])
        with pytest.raises(IndexUnavailable, match="refused"):
            index.commit()
        client.indices.put_settings(index=name, settings=dict.fromkeys(block))
    index.commit()
    assert index.search(EVERYTHING, Filters(titles=("jb",))).total == 2
    index.close()


def test_more_hits_than_the_window_are_all_found(
    address: str, article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_elasticsearch, "_WINDOW", 7)
    index = open_index(address)
    index.replace("p1", [article(f"p1-{n:02d}", "甲") for n in range(30)])
    index.commit()
    every = [f"p1-{n:02d}" for n in range(30)]
    assert list(index.search(parse("甲"), limit=0).ids) == every
    assert list(index.search(parse("甲"), limit=10, offset=15).ids) == every[15:25]
    assert index.search(parse("甲"), limit=10, offset=25).total == 30
    index.replace("p1", [])
    index.commit()
    assert index.search(EVERYTHING).total == 0
    index.close()
