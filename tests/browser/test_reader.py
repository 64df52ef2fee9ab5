"""From words to the hit on the scan, checked by pixels."""

from __future__ import annotations

import io
import math
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FloatRect, Locator, expect
from playwright.sync_api import Page as Window

from baoguan.model import Box, Page
from baoguan.search import locate, parse
from baoguan.settings import Settings
from tests.browser.conftest import PHONE
from tests.browser.truth import true_pages

Part = tuple[float, float, float, float]  # of the master, in its pixels
Visitor = Callable[..., Window]
VERTICAL, HORIZONTAL = "nanbu-1934-05-12-a-p0001", "xinqu-2012-04-20-a-p0001"
QUESTIONS = [(VERTICAL, "江水"), (HORIZONTAL, "地铁")]
NEAR = 2.5  # CSS pixels between where a box is and where it should be
ALIKE = 0.8  # correlation of the pixels under a hit with the master's


@pytest.fixture(scope="session")
def truth(samples: Path) -> dict[str, Page]:
    return {page.id: page for page in true_pages(samples)}


def opened(window: Window) -> Locator:
    """The room, once the scan is open and its tiles stand."""
    room = window.locator(".room[data-open]")
    room.wait_for(timeout=30_000)
    window.wait_for_load_state("networkidle")
    window.wait_for_timeout(500)
    return room


def true_hits(page: Page, words: str) -> list[Box]:
    query = parse(words)
    return [
        box
        for article in page.articles
        for hit in locate(query, page, article)
        for box in hit.boxes
    ]


def on_screen(window: Window, box: Box) -> dict[str, float]:
    """Where a box of the master stands in the window, by OpenSeadragon's own reckoning."""
    place: dict[str, float] = window.evaluate(
        """([left, top, right, bottom]) => {
          const view = document.querySelector(".room .view");
          const frame = view.getBoundingClientRect();
          const at = (x, y) => view.osd.viewport.imageToViewerElementCoordinates(
            new OpenSeadragon.Point(x, y));
          const a = at(left, top), b = at(right, bottom);
          return {x: frame.x + a.x, y: frame.y + a.y, width: b.x - a.x, height: b.y - a.y};
        }""",
        list(box.as_tuple()),
    )
    return place


def shot_of(
    window: Window, drawn: FloatRect, should: dict[str, float], box: Box
) -> tuple[np.ndarray, Part]:
    """The window's pixels under a drawn box, and the part of the master that they should show."""
    left, top = math.floor(drawn["x"]), math.floor(drawn["y"])
    width, height = math.ceil(drawn["width"]), math.ceil(drawn["height"])
    shot = window.screenshot(clip={"x": left, "y": top, "width": width, "height": height})
    across, down = box.width / should["width"], box.height / should["height"]
    part_left = box.left + (left - should["x"]) * across
    part_top = box.top + (top - should["y"]) * down
    under = (part_left, part_top, part_left + width * across, part_top + height * down)
    return grey(Image.open(io.BytesIO(shot)), (height, width)), under


def grey(image: Image.Image, shape: tuple[int, ...], part: Part | None = None) -> np.ndarray:
    """The part at that size (height, width), about its mean."""
    size = (shape[1], shape[0])
    small = image.convert("L").resize(size, Image.Resampling.BOX, box=part)
    values = np.asarray(small, dtype=np.float64)
    return values - np.full_like(values, values.mean())


def likeness(a: np.ndarray, b: np.ndarray) -> float:
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))


def test_words_lead_to_the_glyphs_on_the_scan(
    visitor: Visitor, research: str, truth: dict[str, Page]
) -> None:
    window = visitor()
    window.goto(f"{research}/search?lang=zh-Hans")
    box = window.locator(".box input[name=q]")
    box.fill("江水")
    box.press("Enter")
    window.locator(".hit").first.wait_for()
    box.fill("铁桥")
    begun = time.perf_counter()
    box.press("Enter")
    window.locator(".count q", has_text="铁桥").wait_for()
    print(f"\nfirst hits {1000 * (time.perf_counter() - begun):.0f} ms after the query")
    hit = window.locator(f'.hit[href*="{VERTICAL}"]').first
    expect(hit.locator("mark").first).to_have_text("鐵橋")
    hit.click()
    room = opened(window)
    asked = parse_qs(urlsplit(window.url).query)
    assert (asked["q"], asked["lang"], asked["page"]) == (["铁桥"], ["zh-Hans"], [VERTICAL])
    assert room.locator(".hit").count() == len(true_hits(truth[VERTICAL], "铁桥"))


@pytest.mark.parametrize(("page_id", "words"), QUESTIONS)
def test_hit_boxes_lie_on_the_right_glyphs(
    visitor: Visitor,
    research: str,
    archive: Settings,
    truth: dict[str, Page],
    page_id: str,
    words: str,
) -> None:
    page = truth[page_id]
    window = visitor()
    window.goto(f"{research}/reader?lang=zh-Hant&page={page_id}&q={words}")
    room = opened(window)
    true = true_hits(page, words)
    assert room.locator(".hit").count() == len(true) > 1
    store = archive.archive / "store" / "masters" / page.master[:2] / page.master
    master = Image.open(store)
    window.add_style_tag(content=".room .hit, .room .bar { visibility: hidden !important; }")
    for number, box in enumerate(true):
        if number:
            window.keyboard.press("n")
            window.wait_for_load_state("networkidle")
            window.wait_for_timeout(400)
        drawn = room.locator(".hit.now").first.bounding_box()
        should = on_screen(window, box)
        assert drawn
        for side in ("x", "y", "width", "height"):
            assert abs(drawn[side] - should[side]) < NEAR, side
        shown, under = shot_of(window, drawn, should, box)
        assert likeness(shown, grey(master, shown.shape, under)) > ALIKE
        left, top, right, bottom = under
        aside = (left + box.width, top + box.height / 2, right + box.width, bottom + box.height / 2)
        assert likeness(shown, grey(master, shown.shape, aside)) < ALIKE


def test_the_scan_is_drawn_and_not_only_its_frame(visitor: Visitor, research: str) -> None:
    window = visitor()
    window.goto(f"{research}/reader?lang=en&page={HORIZONTAL}")
    opened(window)
    shot = window.locator(".room .scan").screenshot()
    values = np.asarray(Image.open(io.BytesIO(shot)).convert("L"))
    assert (values > 200).mean() > 0.2  # paper
    assert (values < 90).mean() > 0.03  # ink


def test_next_and_previous_go_round_the_hits(visitor: Visitor, research: str) -> None:
    window = visitor()
    window.goto(f"{research}/reader?lang=en&page={VERTICAL}&q=江水")
    room = opened(window)
    count = room.locator(".bar output")
    all_hits = room.locator(".transcript mark").last.get_attribute("data-hit")
    last = int(all_hits or 0) + 1
    expect(count).to_have_text(f"1 / {last}")
    room.get_by_label("Next hit").click()
    expect(count).to_have_text(f"2 / {last}")
    expect(room.locator(".transcript mark.now").first).to_have_attribute("data-hit", "1")
    room.get_by_label("Previous hit").click()
    room.get_by_label("Previous hit").click()
    expect(count).to_have_text(f"{last} / {last}")


def test_a_line_of_the_transcript_is_shown_on_the_scan(
    visitor: Visitor, research: str, truth: dict[str, Page]
) -> None:
    window = visitor()
    window.goto(f"{research}/reader?lang=en&page={VERTICAL}")
    room = opened(window)
    region = next(r for r in truth[VERTICAL].regions if len(r.lines) > 3)
    room.locator(f"[id='{region.id}-l2']").click(position={"x": 4, "y": 4})
    window.wait_for_timeout(500)
    drawn = room.locator(".line").bounding_box()
    should = on_screen(window, region.lines[2].box)
    assert drawn
    assert all(abs(drawn[side] - should[side]) < NEAR for side in ("x", "y", "width", "height"))


def test_the_scan_turns_and_turns_back(visitor: Visitor, research: str) -> None:
    window = visitor()
    window.goto(f"{research}/reader?lang=en&page={HORIZONTAL}")
    room = opened(window)
    turn_back = room.locator("button[title='Turn back']")
    expect(turn_back).to_be_hidden()
    room.locator("button[title='Turn']").click()
    rotation = "() => document.querySelector('.room .view').osd.viewport.getRotation()"
    assert window.evaluate(rotation) == 90
    turn_back.click()
    assert window.evaluate(rotation) == 0


def test_pages_of_the_issue_are_turned_without_losing_the_words(
    visitor: Visitor, research: str
) -> None:
    window = visitor()
    window.goto(f"{research}/reader?lang=zh-Hans&page={HORIZONTAL}&q=地铁")
    opened(window).get_by_label("下一版").click()
    window.wait_for_url("**p0002**")
    window.locator(".reader-bar h1", has_text="第2版").wait_for()
    assert parse_qs(urlsplit(window.url).query)["q"] == ["地铁"]
    window.go_back()
    window.locator(".reader-bar h1", has_text="第1版").wait_for()
    opened(window)


def test_the_transcript_runs_as_the_page_does(visitor: Visitor, research: str) -> None:
    window = visitor()
    mode = "element => getComputedStyle(element).writingMode"
    window.goto(f"{research}/reader?lang=en&page={VERTICAL}")
    text = opened(window).locator(".transcript")
    assert text.evaluate(mode) == "vertical-rl"
    assert text.get_attribute("lang") == "zh-Hant"
    window.goto(f"{research}/reader?lang=en&page={HORIZONTAL}")
    text = opened(window).locator(".transcript")
    assert text.evaluate(mode) == "horizontal-tb"
    assert text.get_attribute("lang") == "zh-Hans"


def test_on_a_phone_the_three_panes_are_tabs(visitor: Visitor, research: str) -> None:
    window = visitor(PHONE)
    window.goto(f"{research}/reader?lang=zh-Hant&page={VERTICAL}&q=江水")
    room = opened(window)
    expect(room.locator(".scan")).to_be_visible()
    expect(room.locator(".transcript")).to_be_hidden()
    room.get_by_role("tab", name="文字").click()
    expect(room.locator(".transcript mark").first).to_be_visible()
    room.get_by_role("tab", name="命中").click()
    room.locator(".found button").first.click()
    expect(room.locator(".scan")).to_be_visible()
    expect(room.locator(".hit.now").first).to_be_visible()
