"""The pictures beside hits, and the numbers of the chart, as files."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette

from baoguan.ui.app import routes_of
from baoguan.ui.house import House, Role, open_house
from tests.ui.asgi import get
from tests.ui.conftest import FIRST

ARTICLE = f"{FIRST}-a0000"


def test_the_hit_is_cut_out_with_its_mark_in_red(app: Starlette) -> None:
    answer = get(app, f"/clip/{ARTICLE}?q=%E8%8F%AF%E8%BB%8D")
    assert answer.status == 200
    assert answer.headers["content-type"] == "image/jpeg"
    pixels = np.asarray(Image.open(io.BytesIO(answer.body)).convert("RGB")).astype(int)
    red = (np.abs(pixels - [168, 38, 28]).sum(axis=-1) < 90).mean()
    assert 0.001 < red < 0.2


def test_a_passage_is_cut_out_by_its_place_in_the_text(app: Starlette) -> None:
    assert get(app, f"/clip/{ARTICLE}?from=0&to=6").status == 200
    assert get(app, f"/clip/{ARTICLE}?from=900&to=999").status == 404


@pytest.mark.parametrize(
    "address",
    [
        f"/clip/{ARTICLE}?q=%E9%BE%98",
        f"/clip/{ARTICLE}?q=(",
        f"/clip/{ARTICLE}",
        "/clip/nothing-p0001-a0001?q=x",
        f"/clip/{ARTICLE}?from=-1&to=x",
    ],
)
def test_what_is_not_there_is_not_found(app: Starlette, address: str) -> None:
    assert get(app, address).status == 404


def test_the_numbers_of_the_chart_come_as_csv(app: Starlette) -> None:
    answer = get(app, "/trends.csv?q=%E8%8F%AF%E8%BB%8D,%E7%B1%B3&by=month")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert [(r["period"], r["words"], r["occurrences"]) for r in rows] == [
        ("1939-04", "華軍", "3"),
        ("1939-04", "米", "2"),
    ]
    assert get(app, "/trends.csv?q=(").status == 400


def test_a_cell_that_a_spreadsheet_would_reckon_is_made_harmless(app: Starlette) -> None:
    body = get(app, "/trends.csv?q=%3D%E8%8F%AF").body.decode("utf-8-sig")
    assert ",'=華," in body


def test_a_kiosk_gives_no_numbers(house: House) -> None:
    kiosk = open_house(house.archive.settings, Role.KIOSK)
    try:
        assert not [r for r in routes_of(kiosk) if getattr(r, "path", "") == "/trends.csv"]
    finally:
        kiosk.close()
