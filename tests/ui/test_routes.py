from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette

from baoguan.settings import Settings
from baoguan.ui.app import PAGES, create_app, routes_of
from baoguan.ui.house import House, Role
from baoguan.ui.routes import health
from baoguan.ui.shell import version
from tests.ui.asgi import get


@pytest.mark.parametrize("page", ["/", "/search?lang=zh-Hant&q=x", "/reader?lang=en"])
def test_a_page_comes_in_its_language_and_asks_no_other_host(app: Starlette, page: str) -> None:
    answer = get(app, page, accept_language="zh-TW")
    lang = re.search("lang=([^&]+)", page)
    assert f'<html lang="{lang[1] if lang else "zh-Hant"}"' in answer.text
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", answer.text)
    assert not re.search(r"<script>", answer.text)
    assert "Streamlit</title>" not in answer.text


def test_every_answer_carries_the_security_headers(app: Starlette, sha: str) -> None:
    for address in ("/", "/health", f"/iiif/3/{sha}-0/info.json", "/nowhere", "/kiosk/"):
        headers = get(app, address).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_an_unknown_address_is_a_designed_page(app: Starlette) -> None:
    answer = get(app, "/nowhere?lang=en")
    assert answer.status == 404
    assert "There is no such page" in answer.text
    assert 'href="/?lang=en"' in answer.text


def test_health_says_what_is_held(app: Starlette) -> None:
    answer = get(app, "/health")
    assert answer.status == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["pages"] == 2
    assert answer.json()["version"]


def test_health_says_no_when_the_catalogue_cannot_be_read(empty_house: House) -> None:
    catalogue = empty_house.archive.settings.archive / "catalogue.db"
    empty_house.archive.catalogue.close()
    catalogue.write_bytes(b"this is no database at all" * 100)
    status, said = health.report(empty_house)
    assert status == 503
    assert said["reason"]


def test_our_files_may_be_kept_for_ever_under_their_version(app: Starlette) -> None:
    for name in ("site.css", "site.js", "openseadragon/openseadragon.min.js", "fonts/fonts.css"):
        answer = get(app, f"/assets/{name}?v={version()}")
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]
    assert get(app, "/assets/../app.py").status == 404


def test_the_kiosk_begins_with_a_language_and_holds_no_session(app: Starlette) -> None:
    page = get(app, "/kiosk/").text
    assert all(f'href="/?lang={lang}"' in page for lang in ("zh-Hans", "zh-Hant", "en"))
    assert "/iiif/3/" in page
    assert "_stcore" not in page


def test_a_kiosk_without_a_language_goes_to_its_first_screen(house: House) -> None:
    kiosk = Starlette(routes=routes_of(House(house.archive, Role.KIOSK)))
    assert get(kiosk, "/").headers["location"] == "/kiosk/"
    assert get(kiosk, "/?lang=en").status == 200
    assert get(kiosk, "/search?lang=en").status == 404
    assert get(kiosk, "/import?lang=en").status == 404


def test_only_the_console_can_import() -> None:
    assert [role for role in Role if "import" in PAGES[role]] == [Role.CONSOLE]


def test_the_application_is_made_with_streamlits_collector_off(settings: Settings) -> None:
    from streamlit import config

    assert create_app(settings, Role.RESEARCH)
    assert config.get_option("runner.postScriptGC") is False
    assert config.get_option("browser.gatherUsageStats") is False
