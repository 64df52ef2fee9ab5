"""What befalls servers and networks: an outage delays the index, loses and doubles nothing."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from elasticsearch import Elasticsearch

from baoguan.errors import IndexBusy, IndexUnavailable, UsageError
from baoguan.search import (
    EVERYTHING,
    Access,
    Document,
    Filters,
    Index,
    on_elasticsearch,
    open_index,
    parse,
)
from tests.elasticsearch_server import Server, running
from tests.faulty_proxy import Fault, Proxy, faulty
from tests.search.conftest import NO_SERVER, SERVERS

Make = Callable[..., Document]
PAGES, OF_PAGE = 120, 10
RECOVERED_WITHIN = 60.0  # seconds


@pytest.fixture
def proxy(server_address: Callable[[], str]) -> Iterator[tuple[Proxy, str]]:
    """A proxy before a server, and the address of a new index through it."""
    server, _, name = server_address().rpartition("/")
    with faulty(server) as proxy:
        yield proxy, f"{proxy.url}/{name}"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_elasticsearch, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(on_elasticsearch, "_LONGEST_PAUSE", 0.05)


@pytest.fixture
def pages(article: Make) -> dict[str, list[Document]]:
    return {
        f"p{page:03d}": [article(f"p{page:03d}-{n}", "甲乙丙丁" * 20) for n in range(OF_PAGE)]
        for page in range(PAGES)
    }


def put(index: Index, pages: dict[str, list[Document]]) -> None:
    for page, documents in pages.items():
        index.replace(page, documents)
    index.commit()


def put_without_end(index: Index, pages: dict[str, list[Document]]) -> None:
    while True:
        put(index, pages)


def put_again_and_again(index: Index, pages: dict[str, list[Document]]) -> float:
    """As the outbox does it; seconds until the index held all."""
    began = time.monotonic()
    while time.monotonic() - began < 2 * RECOVERED_WITHIN:
        try:
            put(index, pages)
        except IndexUnavailable:
            time.sleep(0.5)
        else:
            break
    assert set(index.search(EVERYTHING, limit=0).ids) == {
        document.id for documents in pages.values() for document in documents
    }
    assert index.contents() == dict.fromkeys(pages, "1")
    return time.monotonic() - began


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=429),
        Fault(status=503),
        Fault(cut=True),
        Fault(cut=True, done=True),
    ],
    ids=["too many requests", "no master", "cut off", "done and cut off"],
)
@pytest.mark.usefixtures("hurried")
def test_a_fault_that_passes_is_not_noticed(
    proxy: tuple[Proxy, str], pages: dict[str, list[Document]], fault: Fault
) -> None:
    between, address = proxy
    index = open_index(address)
    index.contents()
    between.fail("PUT /_bulk", fault, times=2)
    put(index, pages)
    assert between.met == 2
    assert index.search(EVERYTHING).total == PAGES * OF_PAGE
    assert index.contents() == dict.fromkeys(pages, "1")
    index.close()


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "fault",
    [Fault(status=429), Fault(status=403), Fault(cut=True), Fault(seconds=2.0)],
    ids=["too many requests", "full disk", "cut off", "slow"],
)
def test_a_fault_that_lasts_is_told_and_loses_nothing(
    proxy: tuple[Proxy, str],
    pages: dict[str, list[Document]],
    fault: Fault,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(on_elasticsearch, "_SECONDS", 1.0)
    between, address = proxy
    index = open_index(address)
    index.contents()
    between.fail("PUT /_bulk", fault, times=1000)
    with pytest.raises(IndexUnavailable, match=between.target.split(":")[0]):
        put(index, pages)
    between.rule = lambda _: None
    monkeypatch.setattr(on_elasticsearch, "_SECONDS", 30.0)
    index.close()
    index = open_index(address)
    assert put_again_and_again(index, pages) < RECOVERED_WITHIN
    index.close()


def test_a_search_of_a_server_that_is_away_says_so(proxy: tuple[Proxy, str]) -> None:
    between, address = proxy
    index = open_index(address)
    assert index.search(EVERYTHING).total == 0
    between.rule = lambda _: Fault(cut=True)
    for ask in (lambda: index.search(EVERYTHING), lambda: index.facets(EVERYTHING)):
        with pytest.raises(IndexUnavailable):
            ask()
    between.rule = lambda _: None
    assert index.search(EVERYTHING).total == 0
    index.close()


def test_what_is_late_does_not_undo_what_is_newer(
    server_address: Callable[[], str], article: Make
) -> None:
    address = server_address()
    late, newer = open_index(address), open_index(address)
    late.replace("p1", [article("p1-1", "甲"), article("p1-2", "甲")])
    newer.replace("p1", [article("p1-1", "乙", revision="2")])
    newer.commit()
    with pytest.raises(IndexBusy, match="newer"):
        late.commit()
    assert newer.contents() == {"p1": "2"}
    assert newer.search(parse("乙")).total == 1
    late.close()
    newer.close()


def test_what_is_not_public_is_in_an_index_of_its_own(
    server_address: Callable[[], str], article: Make
) -> None:
    address = server_address()
    server, _, name = address.rpartition("/")
    index = open_index(address)
    put(index, {"p1": [article("p1-1", "甲"), article("p1-2", "甲", public=False)]})
    with Elasticsearch(server) as client:
        ids = {
            alias: [hit["_id"] for hit in client.search(index=alias)["hits"]["hits"]]
            for alias in (name, f"{name}-closed")
        }
    assert ids == {name: ["p1-1"], f"{name}-closed": ["p1-2"]}
    put(index, {"p1": [article("p1-1", "甲", public=False), article("p1-2", "甲")]})
    assert index.search(parse("甲")).ids == ("p1-2",)
    assert index.search(parse("甲"), Filters(closed=True)).ids == ("p1-1", "p1-2")
    index.close()


@pytest.mark.usefixtures("hurried")
def test_more_titles_than_are_counted_at_once_are_counted_exactly(
    server_address: Callable[[], str], article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_elasticsearch, "_MOST_TITLES", 7)
    few = on_elasticsearch._FACETS | {"titles": {"terms": {"field": "title", "size": 7}}}
    monkeypatch.setattr(on_elasticsearch, "_FACETS", few)
    index = open_index(server_address())
    put(index, {f"p{n}": [article(f"p{n}-1", "甲", title=f"t{n % 30}")] for n in range(100)})
    assert index.facets(EVERYTHING).titles == {f"t{n}": 4 if n < 10 else 3 for n in range(30)}
    index.close()


@pytest.fixture(scope="module")
def guarded() -> Iterator[Server]:
    """A server of our own with TLS and passwords, that may be killed."""
    if not SERVERS:
        pytest.skip(NO_SERVER)
    with Elasticsearch(SERVERS[0]) as client:
        (node,) = client.nodes.info()["nodes"].values()
    with running(node["version"], guarded=True) as server:
        yield server


def known_to(server: Server) -> str:
    user, password = server.login
    return server.url.replace("://", f"://{user}:{password}@")


@pytest.mark.elasticsearch
class TestAServerWithTlsAndPasswords:
    def test_answers_those_who_trust_it_and_are_known_to_it(
        self, guarded: Server, article: Make
    ) -> None:
        index = open_index(f"{known_to(guarded)}/papers", Access(ca_file=str(guarded.ca)))
        put(index, {"p1": [article("p1-1", "甲")]})
        assert index.search(parse("甲")).ids == ("p1-1",)
        index.close()

    def test_is_not_trusted_by_others(self, guarded: Server) -> None:
        index = open_index(f"{known_to(guarded)}/papers")
        with pytest.raises(IndexUnavailable, match=r"certificate|TLS|SSL"):
            index.contents()
        index.close()

    def test_refuses_a_wrong_password_and_no_password(self, guarded: Server) -> None:
        for address in (guarded.url, guarded.url.replace("://", "://archivist:wrong@")):
            index = open_index(f"{address}/papers", Access(ca_file=str(guarded.ca)))
            with pytest.raises(IndexUnavailable, match="401"):
                index.contents()
            index.close()

    def test_killed_in_the_middle_of_a_bulk_it_loses_nothing(
        self, guarded: Server, pages: dict[str, list[Document]]
    ) -> None:
        index = open_index(f"{known_to(guarded)}/killed", Access(ca_file=str(guarded.ca)))
        put(index, dict(list(pages.items())[:10]))
        killer = threading.Timer(1.0, guarded.kill)
        killer.start()
        with pytest.raises(IndexUnavailable):
            put_without_end(index, pages)
        killer.join()
        with pytest.raises(IndexUnavailable):
            index.search(EVERYTHING)
        guarded.start()
        assert put_again_and_again(index, pages) < RECOVERED_WITHIN
        index.close()


def test_an_api_key_is_shown_to_the_server() -> None:
    """API keys need a module that the test's server lacks: a stand-in looks at the header."""
    from tests.search.test_on_elasticsearch import a_papers_index, a_server_that

    shown: list[str | None] = []
    key = base64.b64encode(b"id:secret").decode()
    with a_server_that(lambda request: a_papers_index(request, 201), shown) as url:
        index = open_index(url, Access(api_key=key))
        index.search(EVERYTHING)
        index.close()
    assert set(shown) == {f"ApiKey {key}"}
    assert key not in repr(Access(api_key=key))


def test_a_user_and_a_key_together_or_a_missing_certificate_are_refused() -> None:
    with pytest.raises(UsageError, match="not both"):
        open_index("http://reader:secret@host/papers", Access(api_key="key"))
    with pytest.raises(UsageError, match="no certificate"):
        open_index("https://host/papers", Access(ca_file="/nowhere/ca.pem"))
