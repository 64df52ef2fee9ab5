"""How soon the first hits stand on the search page, in a real browser, on the samples.

    python -m bench.search_page             five passes, about two minutes

An archive of the samples is made with their true text and served as `baoguan serve` does; Chromium
sends a query by the button, and the clock stops at the frame in which the hits of that query are on
the page. The server's own share is told beside it. Needs Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from baoguan.settings import Settings
from baoguan.ui.house import Role, open_house
from baoguan.ui.language import language
from baoguan.ui.views import search
from baoguan.ui.visit import Visit
from tests.browser.conftest import ARGUMENTS, WIDE, served
from tests.browser.truth import truth_archive

SAMPLES = Path(__file__).parents[1] / "samples"
QUERIES = (
    "江水", "一", "的", "民國二十三年", "輪船", "市政", "電話", "開幕", "天氣", "學校",
    "江水 OR 輪船", "春", "上海",
)  # fmt: skip
PAUSE = 1.0  # seconds between queries, for the pictures to come
WAIT = """(asked) => new Promise((done) => {
  const began = performance.now();
  const there = () => {
    const page = document.querySelector(".view-search");
    const titled = page && page.dataset.title.startsWith(asked + " ");
    if (!titled || !page.querySelector(".hit, .bg-state")) return;
    watch.disconnect();
    requestAnimationFrame(() => done(performance.now() - began));
  };
  const watch = new MutationObserver(there);
  watch.observe(document.documentElement, { childList: true, subtree: true, attributes: true });
  document.querySelector(".box button").click();
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passes", type=int, default=5)
    passes = parser.parse_args().passes
    with tempfile.TemporaryDirectory() as folder:
        settings = truth_archive(SAMPLES, Path(folder))
        tell("server alone", in_process(settings, passes))
        shown = in_browser(settings, passes)
        tell("browser, first pass", shown[: len(QUERIES)])
        tell("browser, later", shown[len(QUERIES) :])


def in_process(settings: Settings, passes: int) -> list[float]:
    """Milliseconds that the page of each query takes to be written."""
    house = open_house(settings, Role.RESEARCH)
    house.shelf()
    times = []
    for query in ("報館", *QUERIES * passes):  # the first loads dictionaries, as the server does
        visit = Visit(house, language("zh-Hant"), {"lang": "zh-Hant", "q": query})
        began = time.perf_counter()
        search.view(visit)
        times.append(1000 * (time.perf_counter() - began))
    house.close()
    return times[1:]


def in_browser(settings: Settings, passes: int) -> list[float]:
    """Milliseconds from the press of the button to the hits."""
    with served(settings, "research") as address, sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        window = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
        window.goto(f"{address}/search?lang=zh-Hant")
        times = [ask(window, query) for query in QUERIES * passes]
        browser.close()
    return times


def ask(window: Page, query: str) -> float:
    box = window.locator(".box input[name=q]")
    box.fill(query)
    taken = float(window.evaluate(WAIT, query))
    window.wait_for_timeout(1000 * PAUSE)
    return taken


def tell(name: str, times: list[float]) -> None:
    if times:
        median, worst = statistics.median(times), max(times)
        print(f"{name:24} median {median:4.0f} ms   worst {worst:4.0f} ms   of {len(times)}")


if __name__ == "__main__":
    main()
