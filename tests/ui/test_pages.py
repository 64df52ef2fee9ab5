"""The scripts as Streamlit runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import baoguan.ui
from baoguan.ui.app import PAGES
from baoguan.ui.house import House, Role, open_house
from tests.ui.conftest import FIRST

MAIN = Path(baoguan.ui.__file__).parent / "main.py"
SECONDS = 30

pytestmark = pytest.mark.usefixtures("house")


def run(name: str, **params: str) -> AppTest:
    test = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    for key, value in params.items():
        test.query_params[key] = value
    test.run()
    return test.switch_page(f"pages/{name}.py").run() if name else test


def shown(test: AppTest) -> str:
    assert not test.exception
    return "".join(str(block.proto.body) for block in test.get("html"))


@pytest.mark.parametrize("name", [name for name in PAGES[Role.RESEARCH] if name])
def test_every_page_runs(name: str) -> None:
    assert 'data-lang="en"' in shown(run(name, lang="en"))


def test_the_entrance_runs_first() -> None:
    assert "view-entrance" in shown(run("", lang="zh-Hant"))


def test_an_unknown_page_of_a_newspaper_is_a_designed_page() -> None:
    assert "not in the archive" in shown(run("reader", lang="en", page="nothing"))


def test_the_reader_has_its_bar() -> None:
    assert "The Crystal" in shown(run("reader", lang="en", page=FIRST))


@pytest.mark.parametrize("name", ["import", "status"])
def test_the_console_runs(house: House, name: str) -> None:
    console = open_house(house.archive.settings, Role.CONSOLE)
    try:
        assert "console" in shown(run(name, lang="en"))
    finally:
        console.close()
