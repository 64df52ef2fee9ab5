from __future__ import annotations

import json

import pytest

from baoguan.errors import StoreDamaged
from baoguan.revisions import page_from_json, page_to_json, pages_from_json
from tests.pages import vertical_page


def test_a_page_comes_back_as_it_was() -> None:
    page = vertical_page()
    assert page_from_json(page_to_json(page)) == page


def test_the_same_page_gives_the_same_bytes() -> None:
    assert page_to_json(vertical_page()) == page_to_json(vertical_page())


def test_a_truth_file_may_hold_several_pages() -> None:
    two = vertical_page("jb-1939-04-23-a-p0001"), vertical_page("jb-1939-04-23-a-p0004")
    assert pages_from_json(b"[" + b",".join(map(page_to_json, two)) + b"]") == two


@pytest.mark.parametrize("content", [b"", b"{}", b"not json", b"[1]", b'{"format": "other/9"}'])
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(StoreDamaged):
        page_from_json(content)


def test_a_revision_from_before_other_characters_were_kept_is_read() -> None:
    data = json.loads(page_to_json(vertical_page()))
    for region in data["regions"]:
        for line in region["lines"]:
            assert line.pop("others")
    page = page_from_json(json.dumps(data).encode())
    assert page.text == vertical_page().text
    assert not any(c.others for r in page.regions for line in r.lines for c in line.chars)


def test_a_revision_without_a_field_is_refused() -> None:
    data = json.loads(page_to_json(vertical_page()))
    del data["regions"]
    with pytest.raises(StoreDamaged, match="regions"):
        page_from_json(json.dumps(data).encode())
