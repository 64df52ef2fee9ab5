from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from baoguan.model import Box
from baoguan.ui import links
from baoguan.ui.visit import Visit


def test_every_address_carries_its_language() -> None:
    assert links.page("", "en") == "/?lang=en"
    assert links.page("search", "zh-Hant", q="華 軍", kind="") == (
        "/search?lang=zh-Hant&q=%E8%8F%AF%20%E8%BB%8D"
    )


@given(st.text(min_size=1))
def test_any_words_come_back_from_an_address(words: str) -> None:
    if "\0" in words or any("\ud800" <= c <= "\udfff" for c in words):
        return
    query = urlsplit(links.page("search", "en", q=words)).query
    assert parse_qs(query, keep_blank_values=True)["q"] == [words]


def test_a_crop_is_fitted_and_never_enlarged(visit: Callable[..., Visit]) -> None:
    entry = visit().shelf.front_today
    assert entry is not None
    base = links.image(entry)
    assert links.crop(entry, None, width=500) == f"{base}/0,0,1000,1000/500,500/0/default.jpg"
    small = links.crop(entry, Box(10, 20, 110, 70), width=500, height=500)
    assert small == f"{base}/10,20,100,50/100,50/0/default.jpg"


def test_a_box_in_an_address_is_read_back_and_nonsense_is_not(
    visit: Callable[..., Visit],
) -> None:
    assert visit(box="1,2,30,40").box() == Box(1, 2, 30, 40)
    for nonsense in ("", "1,2,3", "5,5,1,1", "a,b,c,d", "-1,0,1,1", "²,1,2,3", "1,2,3,99999999"):
        assert visit(box=nonsense).box() is None
