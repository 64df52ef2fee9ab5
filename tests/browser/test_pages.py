"""Every page at two sizes, and what a visitor does on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE

Visitor = Callable[..., Window]
MILLIMETRES_15 = 15 / 25.4 * 96  # CSS pixels
ADDRESSES = (
    "/?lang=zh-Hans",
    "/?lang=en",
    "/search?lang=zh-Hant",
    "/search?lang=zh-Hans&q=江水",
    "/search?lang=en&q=龘龘",
    "/search?lang=zh-Hant&q=(江水",
    "/search?lang=en&q=江&since=1958&until=1958",
    "/trends?lang=zh-Hant&q=江水,輪船",
    "/alike?lang=zh-Hans&article=nanbu-1934-05-12-a-p0001-a0002",
    "/calendar?lang=en&title=nanbu",
    "/browse?lang=zh-Hans",
    "/issue?lang=zh-Hant&id=nanbu-1934-05-12-a",
    "/exhibits?lang=zh-Hans",
    "/exhibit?lang=zh-Hant&id=yi-cheng-san-bao",
    "/exhibit?lang=en&id=yi-cheng-san-bao",
    "/gallery?lang=en",
    "/reader?lang=zh-Hant&page=nanbu-1934-05-12-a-p0001&q=江水",
    "/reader?lang=en&page=nothing",
)
CHROME = ("stHeader", "stToolbar", "stStatusWidget", "stAppDeployButton", "stSidebar")


def language_of(address: str) -> str:
    return address.split("lang=")[1].split("&")[0]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_fits_its_window_and_speaks_its_language(
    visitor: Visitor, research: str, address: str, size: tuple[int, int]
) -> None:
    window = visitor(size)
    window.goto(research + address)
    expect(window.locator("h1").first).to_be_visible()
    window.wait_for_load_state("networkidle")
    expect(window.locator("html")).to_have_attribute("lang", language_of(address))
    wider = window.evaluate(
        """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
          .map(element => element.scrollWidth - element.clientWidth)"""
    )
    assert wider == [0, 0]
    for name in CHROME:
        for element in window.get_by_test_id(name).all():
            expect(element).to_be_hidden()


def test_the_box_on_the_entrance_leads_to_the_hits_and_back(
    visitor: Visitor, research: str
) -> None:
    window = visitor()
    window.goto(f"{research}/?lang=zh-Hant")
    window.locator(".box input[name=q]").fill("江水")
    window.get_by_role("button", name="檢索").click()
    expect(window.locator(".hit").first).to_be_visible()
    assert "lang=zh-Hant" in window.url
    window.go_back()
    expect(window.locator(".view-entrance h1")).to_be_visible()


def test_bars_lead_from_tens_of_years_to_months_by_the_keyboard(
    visitor: Visitor, research: str
) -> None:
    window = visitor()
    window.goto(f"{research}/search?lang=en&q=江")
    for since, label in (("1930", "1930–1939"), ("1934", "1934"), ("1934-05", "May 1934")):
        bar = window.locator(f'.bars a[aria-label^="{label}: "]')
        bar.focus()
        window.keyboard.press("Enter")
        window.wait_for_url(f"**since={since}&**")
        expect(window.locator('.filters input[name="since"]').last).to_have_value(since)
    expect(window.locator('.bars a[aria-current="true"]')).to_have_count(1)
    window.locator(".scale a").click()
    expect(window.locator('.bars a[aria-label^="1930–1939: "]')).to_be_visible()


def test_every_hit_shows_its_clipping(visitor: Visitor, research: str) -> None:
    window = visitor()
    window.goto(f"{research}/search?lang=en&q=江水")
    pictures = window.locator(".hit .thumb img")
    expect(pictures.first).to_be_visible()
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("one => one.naturalWidth") > 100


def test_the_calendar_opens_an_issue_and_a_point_of_the_chart_its_hits(
    visitor: Visitor, research: str
) -> None:
    window = visitor()
    window.goto(f"{research}/browse?lang=en")
    window.locator('a[href*="/calendar"][href*="nanbu"]').click()
    window.locator("td.held a").click()
    expect(window.locator(".view-issue h1")).to_contain_text("12 May 1934")
    window.goto(f"{research}/trends?lang=en&q=江水")
    window.locator("a.point").first.click()
    expect(window.locator(".count q")).to_have_text("江水")


def test_another_language_keeps_the_page_and_the_words(visitor: Visitor, research: str) -> None:
    window = visitor()
    window.goto(f"{research}/search?lang=zh-Hans&q=江水")
    window.locator(".languages a[hreflang=en]").click()
    expect(window.locator("html")).to_have_attribute("lang", "en")
    expect(window.locator(".count q")).to_have_text("江水")


def test_chinese_is_drawn_in_the_forms_of_its_script(visitor: Visitor, research: str) -> None:
    window = visitor()
    client = window.context.new_cdp_session(window)
    for lang, script in (("zh-Hans", "SC"), ("zh-Hant", "TC")):
        window.goto(f"{research}/?lang={lang}")
        window.locator(".view-entrance h1").wait_for()
        client.send("DOM.enable")
        client.send("CSS.enable")
        root = client.send("DOM.getDocument")["root"]["nodeId"]
        node = client.send("DOM.querySelector", {"nodeId": root, "selector": ".nameplate a"})
        fonts = client.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]
        assert fonts
        assert all(f"CJK {script}" in font["familyName"] for font in fonts)


def test_the_size_of_type_is_kept_from_page_to_page(visitor: Visitor, research: str) -> None:
    window = visitor()
    window.goto(f"{research}/?lang=en")
    window.get_by_role("button", name="large").click()
    window.locator(".rooms a", has_text="Press history").click()
    expect(window.locator(".view-exhibits h1")).to_be_visible()
    window.reload()
    expect(window.get_by_role("button", name="large")).to_have_attribute("aria-pressed", "true")
    expect(window.locator("html")).to_have_css("font-size", "20px")


def test_a_section_of_an_exhibit_leads_into_the_page(visitor: Visitor, research: str) -> None:
    window = visitor()
    window.goto(f"{research}/exhibit?lang=zh-Hans&id=yi-cheng-san-bao")
    window.locator(".exhibit .items figure a").first.click()
    expect(window.locator(".room[data-open]")).to_be_visible(timeout=30_000)
    assert "/reader?" in window.url


def test_the_lightbox_is_worked_from_the_keyboard(visitor: Visitor, research: str) -> None:
    window = visitor()
    window.goto(f"{research}/gallery?lang=en")
    window.locator(".wall a").nth(1).click()
    box = window.locator(".lightbox")
    expect(box.locator(".count")).to_have_text("2 / 34")
    window.keyboard.press("ArrowRight")
    expect(box.locator(".count")).to_have_text("3 / 34")
    window.keyboard.press("ArrowLeft")
    window.keyboard.press("ArrowLeft")
    window.keyboard.press("ArrowLeft")
    expect(box.locator(".count")).to_have_text("34 / 34")
    window.keyboard.press("Escape")
    expect(box).to_be_hidden()
    window.locator(".wall a").first.click()
    box.get_by_text("See it on the page").click()
    expect(window.locator(".room[data-open]")).to_be_visible(timeout=30_000)


def test_a_kiosk_is_for_fingers_and_goes_back_by_itself(visitor: Visitor, kiosk: str) -> None:
    window = visitor()
    window.goto(kiosk)
    window.wait_for_url("**/kiosk/")
    for button in window.locator(".tongues a").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= MILLIMETRES_15
        assert box["y"] > WIDE[1] / 2
    window.locator(".tongues a", has_text="English").click()
    expect(window.locator("html")).to_have_attribute("lang", "en")
    expect(window.locator(".rooms a")).to_have_count(3)
    for link in window.locator(".rooms a").all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= MILLIMETRES_15
    window.goto(f"{kiosk}/?lang=en&idle=6")
    expect(window.get_by_text("Are you still there?")).to_be_visible(timeout=8_000)
    window.get_by_role("button", name="Go on").click()
    expect(window.get_by_text("Are you still there?")).to_be_hidden()
    window.wait_for_url("**/kiosk/", timeout=15_000)
