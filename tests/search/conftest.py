"""Where indexes are made for the tests: a folder, and each server that the environment names."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from baoguan.search import Document, Index, open_index

SERVERS = os.environ.get("BAOGUAN_TEST_ELASTICSEARCH", "").split()
NO_SERVER = "no server; see tests/elasticsearch_server.py, which sets BAOGUAN_TEST_ELASTICSEARCH"

_SERVERS = [
    pytest.param(server, marks=pytest.mark.elasticsearch) for server in SERVERS or ["no-server"]
]


def _fresh_name(server: str) -> str:
    if server == "no-server":
        if os.environ.get("CI"):
            pytest.fail(NO_SERVER)
        pytest.skip(NO_SERVER)
    return f"{server}/test-{uuid.uuid4().hex}"


def _drop(address: str) -> None:
    server, _, name = address.rpartition("/")
    with Elasticsearch(server) as client:
        for index in client.indices.get(index=f"{name}-*"):
            client.indices.delete(index=index)


@pytest.fixture(scope="module", params=_SERVERS)
def server_address(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Gives addresses of new indexes on a server, and takes the indexes away at the end."""
    given: list[str] = []

    def new() -> str:
        given.append(_fresh_name(request.param))
        return given[-1]

    yield new
    for address in given:
        _drop(address)


@pytest.fixture(scope="module", params=["folder", *_SERVERS])
def new_address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], str]]:
    """Gives addresses of new indexes, of each engine."""
    given: list[str] = []

    def new() -> str:
        if request.param == "folder":
            return str(tmp_path_factory.mktemp("index"))
        given.append(_fresh_name(request.param))
        return given[-1]

    yield new
    for address in given:
        _drop(address)


@pytest.fixture(scope="module")
def shared_address(new_address: Callable[[], str]) -> str:
    """For tests that take what others left into account."""
    return new_address()


@pytest.fixture
def address(new_address: Callable[[], str]) -> str:
    return new_address()


@pytest.fixture
def index(address: str) -> Iterator[Index]:
    opened = open_index(address)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def article() -> Callable[..., Document]:
    """Makes a document from its id and text; the page is what the id says before the last `-`."""

    def make(id_: str, text: str, **other: object) -> Document:
        usual: dict[str, object] = {
            "page": id_.rpartition("-")[0],
            "issue": "jb-1939-04-23-a",
            "title": "jb",
            "title_name": "京报",
            "date": None,
            "number": 1,
            "kind": "article",
            "headline": "",
            "revision": "1",
        }
        return Document(id=id_, text=text, **(usual | other))  # type: ignore[arg-type]

    return make


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    return tmp_path / "index"
