from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from baoguan.ui.markup import Html, el, join


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.append(tag)


def test_text_and_attributes_are_escaped_and_html_is_not() -> None:
    made = el("p", "a < b & c", el("em", "!"), title='"quoted"', class_="lead")
    assert made == '<p title="&quot;quoted&quot;" class="lead">a &lt; b &amp; c<em>!</em></p>'


def test_what_is_missing_is_left_out() -> None:
    assert el("p", None, ["a", ["b"]], id=None, hidden=True, lang=False) == "<p hidden>ab</p>"


def test_names_that_python_keeps_for_itself_lose_their_underscore() -> None:
    assert el("input", name="q", data_page=3) == '<input name="q" data-page="3">'
    assert join("a", Html("<br>")) == "a<br>"


@given(st.text(), st.text())
def test_no_text_becomes_markup(text: str, value: str) -> None:
    tags = Tags()
    tags.feed(el("p", text, title=value))
    tags.close()
    assert tags.seen == ["p"]
