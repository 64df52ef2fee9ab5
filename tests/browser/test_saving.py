from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from baoguan.archive import open_archive
from baoguan.settings import Settings
from tests.browser.conftest import served
from tests.browser.truth import truth_archive

Visitor = Callable[..., Page]


@pytest.fixture(scope="module")
def console(
    samples: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Settings]]:
    """A server of its own: what is saved here would show up in others' tests."""
    settings = truth_archive(samples, tmp_path_factory.mktemp("saving"))
    with served(settings, "console") as address:
        yield address, settings


def test_a_search_is_saved_removed_and_put_back(
    console: tuple[str, Settings], visitor: Visitor
) -> None:
    address, settings = console
    page = visitor()
    page.goto(f"{address}/saved?lang=en&q=輪船&paper=jiang")
    page.get_by_label("What to call it").fill("Steamers")
    page.get_by_role("button", name="Save this search").click()
    expect(page.get_by_role("heading", name="Steamers")).to_be_visible()
    with open_archive(settings) as archive:
        (kept,) = archive.catalogue.saved_searches()
    assert (kept.query, dict(kept.filters)) == ("輪船", {"paper": "jiang"})
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("“Steamers” was removed.")).to_be_visible()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_role("heading", name="Steamers")).to_be_visible()
    page.get_by_role("button", name="Look now").click()
    expect(page.get_by_role("searchbox")).to_have_value("輪船")
    assert "paper=jiang" in page.url
