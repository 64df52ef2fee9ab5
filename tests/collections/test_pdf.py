from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from baoguan.collections import pdf as writer
from baoguan.collections import pdf_text
from baoguan.collections.blank_font import blank_font
from baoguan.collections.pdf import pdf
from baoguan.collections.pdf_text import FONT
from baoguan.model import Box, Char, Direction, Issue, Line, Page, Title
from baoguan.revisions import pages_from_json
from tests.pages import vertical_page

TITLE = Title("jb", {"zh-Hant": "晶報"}, languages=("zh-Hant",))
ISSUE = Issue("jb-1939-04-23-a", "jb", dt.date(1939, 4, 23))
MADE = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def written(*pages: Page, mode: str = "L") -> bytes:
    master = Image.new(mode, (pages[0].width, pages[0].height), "white")
    return pdf(TITLE, ISSUE, [(page, master) for page in pages], made=MADE)


def samples_written(samples: Path) -> Iterator[tuple[tuple[Page, ...], bytes]]:
    for truth in sorted(samples.rglob("*.truth.json")):
        pages = pages_from_json(truth.read_bytes())
        with Image.open(truth.with_name(truth.name.replace(".truth.json", ".jpg"))) as master:
            yield pages, pdf(TITLE, ISSUE, [(page, master) for page in pages], made=MADE)


def bare(text: str) -> str:
    return "".join(text.split())


def text_of(content: bytes, index: int = 0) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return str(document[index].get_textpage().get_text_range())


def row(text: str, direction: Direction, left: int = 100, top: int = 50) -> Line:
    boxes = [Box(left + 30 * i, top, left + 30 * i + 28, top + 30) for i in range(len(text))]
    if direction is Direction.HORIZONTAL_RTL:
        boxes.reverse()
    chars = tuple(Char(c, box, 1.0) for c, box in zip(text, boxes, strict=True))
    return Line(Box.around(boxes), direction, chars)


def page_of_lines(*lines: Line) -> Page:
    page = vertical_page()
    region = replace(page.regions[0], lines=lines, box=Box.around(line.box for line in lines))
    return replace(page, regions=(region,), articles=(), pictures=())


def test_the_text_of_every_sample_is_read_back_in_order_and_in_its_place(samples: Path) -> None:
    for pages, content in samples_written(samples):
        with pypdfium2.PdfDocument(content) as document:
            for page, sheet in zip(pages, document, strict=True):
                text = sheet.get_textpage()
                assert bare(text.get_text_range()) == bare(page.text), page.id
                assert strayed(page, text) <= 2, page.id


def strayed(page: Page, text: pypdfium2.PdfTextPage) -> int:
    """How many characters have their middle outside the box that the page gives them."""
    assert page.dpi
    chars = [c for r in page.regions for line in r.lines for c in line.chars if c.text.strip()]
    spots = [i for i in range(text.count_chars()) if text.get_text_range(i, 1).strip()]
    lost = 0
    for spot, char in zip(spots, chars, strict=True):
        left, bottom, right, top = (edge * page.dpi / 72 for edge in text.get_charbox(spot))
        x, y = page.box.left + (left + right) / 2, page.box.bottom - (bottom + top) / 2
        inside = char.box.left <= x <= char.box.right and char.box.top <= y <= char.box.bottom
        lost += not inside
    return lost


def test_each_column_is_a_line_of_its_own() -> None:
    lines = [line.strip() for line in text_of(written(vertical_page())).splitlines()]
    assert [line for line in lines if line] == vertical_page().text.splitlines()


def test_an_old_headline_is_read_against_the_order_of_its_letters() -> None:
    first = row("華軍反攻", Direction.HORIZONTAL_RTL)
    second = row("南昌", Direction.HORIZONTAL_RTL, left=300)
    page = page_of_lines(second, first)
    assert bare(text_of(written(page))) == "南昌華軍反攻"


def test_a_character_may_stand_for_several_and_beyond_the_first_plane() -> None:
    chars = (Char("𠮷", Box(100, 50, 130, 80), 1.0), Char("12", Box(130, 50, 160, 80), 1.0))
    line = Line(Box(100, 50, 160, 80), Direction.HORIZONTAL_LTR, chars)
    assert bare(text_of(written(page_of_lines(line)))) == "𠮷12"


def test_a_wide_gap_is_read_as_a_space_and_a_narrow_one_is_not() -> None:
    near = row("本報", Direction.HORIZONTAL_LTR)
    far = row("訊", Direction.HORIZONTAL_LTR, left=240)
    line = Line(Box(100, 50, 270, 80), Direction.HORIZONTAL_LTR, near.chars + far.chars)
    assert text_of(written(page_of_lines(line))).strip() == "本報 訊"


def test_a_page_without_text_or_resolution_is_written_too() -> None:
    page = replace(vertical_page(), regions=(), articles=(), pictures=(), dpi=None)
    assert bare(text_of(written(page))) == ""


def test_pages_get_new_fonts_before_the_codes_run_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "CROWDED", 10)
    content = written(vertical_page(), vertical_page())
    assert [bare(text_of(content, index)) for index in (0, 1)] == [bare(vertical_page().text)] * 2
    with pikepdf.open(io.BytesIO(content)) as document:
        fonts = [page.Resources.Font.objgen for page in document.pages]
    assert fonts[0] != fonts[1]


def test_the_structure_is_sound(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(written(vertical_page(), vertical_page()))
    with pikepdf.open(tmp_path / "x.pdf") as document:
        assert document.check_pdf_syntax() == []
        assert not document.is_encrypted


def test_what_an_archive_asks_for_is_inside() -> None:
    with pikepdf.open(io.BytesIO(written(vertical_page()))) as document:
        with document.open_metadata() as about:
            assert about.pdfa_status == "2U"
            assert about["dc:title"] == "晶報 1939-04-23"
        (intent,) = list(document.Root.OutputIntents)  # type: ignore[call-overload]
        assert bytes(intent.DestOutputProfile.read_bytes())[36:40] == b"acsp"
        fonts = document.pages[0].Resources.Font
        for name in ("/H", "/V"):
            assert fonts[name].DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
        assert fonts["/V"].Encoding == "/Identity-V"


def test_bookmarks_name_pages_and_headlines() -> None:
    with pikepdf.open(io.BytesIO(written(vertical_page()))) as document:
        with document.open_outline() as outline:
            (item,) = outline.root
        assert item.title == "jb-1939-04-23-a-p0001"
        assert [child.title for child in item.children] == ["華軍反攻南昌", "寧波米價高漲"]


def test_each_page_of_a_fold_shows_its_half() -> None:
    left, right = Box(0, 0, 400, 1000), Box(400, 0, 1000, 1000)
    halves = [replace(vertical_page(), box=box) for box in (left, right)]
    with pikepdf.open(io.BytesIO(written(*halves))) as document:
        for page, box in zip(document.pages, (left, right), strict=True):
            assert (page.Resources.XObject.Scan.Width) == box.width
            assert float(page.mediabox[2]) == box.width * 72 / 200


@pytest.mark.parametrize(("mode", "space"), [("L", "/DeviceGray"), ("RGB", "/DeviceRGB")])
def test_the_scan_stays_small_and_keeps_its_colours(
    mode: str, space: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PIXELS", 10_000)
    with pikepdf.open(io.BytesIO(written(vertical_page(), mode=mode))) as document:
        scan = document.pages[0].Resources.XObject.Scan
        assert (scan.Width, scan.Height) == (100, 100)
        assert scan.ColorSpace == space


def test_a_giant_page_keeps_to_what_readers_open() -> None:
    page = replace(vertical_page(), dpi=1.0)
    with pikepdf.open(io.BytesIO(written(page))) as document:
        assert max(map(float, document.pages[0].mediabox)) == 14400


def test_the_same_pages_give_the_same_bytes() -> None:
    assert written(vertical_page()) == written(vertical_page())


def test_the_font_in_the_package_is_the_one_its_script_makes() -> None:
    assert FONT.read_bytes() == blank_font()
