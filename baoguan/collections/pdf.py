"""An Issue as PDF/A-2u: the scan of every page, with its text under it to search and to select.

The text stands where the print stands, in reading order; bookmarks name pages and headlines. An
sRGB profile and a font without ink are embedded; nothing refers to anything outside the file. That
an issue turns its pages to the right is not told: PDFium would take its text for Hebrew.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem
from PIL import Image, ImageCms

from baoguan import __version__
from baoguan.collections.pdf_text import FONT, Faces, set_text
from baoguan.model import ArticleKind, Issue, Page, Title

POINTS_PER_INCH = 72
LARGEST_PAGE = 14400  # points a side, the most that PDF readers take
USUAL_DPI = 300.0  # for a scan that does not tell its own
PIXELS = 8_000_000  # of a page's picture, at most
QUALITY = 72  # of its JPEG
PROFILE_DATE = slice(24, 36)  # where an ICC profile keeps its moment of birth
FIRST_OF_2000 = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))


def pdf_name(issue: str) -> str:
    return f"{issue}.pdf"


def pdf(
    title: Title, issue: Issue, pages: Iterable[tuple[Page, Image.Image]], *, made: dt.datetime
) -> bytes:
    """The document; each page comes with its whole master (L or RGB), `made` has a time zone."""
    document = pikepdf.new()
    faces = [_new_faces(document)]
    bookmarks = []
    for page, master in pages:
        if faces[-1].crowded:
            faces.append(_new_faces(document))
        _add_page(document, page, master, faces[-1])
        bookmarks.append(_bookmark(page, len(document.pages) - 1))
    font_file = document.make_stream(FONT.read_bytes())
    font_file.Length1 = FONT.stat().st_size
    for each in faces:
        each.write(document, font_file)
    with document.open_outline() as outline:
        outline.root.extend(bookmarks)
    _describe(document, title, issue, made)
    content = io.BytesIO()
    document.save(
        content,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return content.getvalue()


def _new_faces(document: pikepdf.Pdf) -> Faces:
    return Faces(document.make_indirect(Dictionary()))


def _add_page(document: pikepdf.Pdf, page: Page, master: Image.Image, faces: Faces) -> None:
    scale = _points_per_pixel(page)
    width, height = (round(side * scale, 2) for side in (page.box.width, page.box.height))
    text = set_text(page, scale, faces)
    drawn = f"q {width} 0 0 {height} 0 0 cm /Scan Do Q".encode()
    document.pages.append(
        pikepdf.Page(
            document.make_indirect(
                Dictionary(
                    Type=Name.Page,
                    MediaBox=Array([0, 0, width, height]),
                    Resources=Dictionary(
                        Font=faces.fonts, XObject=Dictionary(Scan=_picture(document, page, master))
                    ),
                    Contents=document.make_stream(text + b"\n" + drawn),
                )
            )
        )
    )


def _points_per_pixel(page: Page) -> float:
    longest = max(page.box.width, page.box.height, 1)
    return min(POINTS_PER_INCH / (page.dpi or USUAL_DPI), LARGEST_PAGE / longest)


def _picture(document: pikepdf.Pdf, page: Page, master: Image.Image) -> pikepdf.Object:
    """The page's part of the master as a JPEG of bounded size."""
    cut = master.crop(page.box.as_tuple())
    shrunk = min(1.0, (PIXELS / max(1, cut.width * cut.height)) ** 0.5)
    if shrunk < 1:
        size = max(1, round(cut.width * shrunk)), max(1, round(cut.height * shrunk))
        cut = cut.resize(size, Image.Resampling.LANCZOS)
    content = io.BytesIO()
    cut.save(content, "JPEG", quality=QUALITY, optimize=True)
    picture = pikepdf.Stream(document, content.getvalue())
    picture.Type = Name.XObject
    picture.Subtype = Name.Image
    picture.Width, picture.Height = cut.size
    picture.ColorSpace = Name.DeviceGray if cut.mode == "L" else Name.DeviceRGB
    picture.BitsPerComponent = 8
    picture.Filter = Name.DCTDecode
    return document.make_indirect(picture)


def _bookmark(page: Page, index: int) -> OutlineItem:
    item = OutlineItem(page.id, index)
    item.children.extend(
        OutlineItem(article.headline, index)
        for article in page.articles
        if article.headline and article.kind is ArticleKind.ARTICLE
    )
    item.is_closed = True
    return item


def _describe(document: pikepdf.Pdf, title: Title, issue: Issue, made: dt.datetime) -> None:
    """What an archive must find inside: metadata as XMP, the language, what its colours mean."""
    moment = made.astimezone(dt.UTC).replace(microsecond=0).isoformat()
    date = issue.date.isoformat() if issue.date else ""
    name = f"{title.name('zh-Hant')} {date}".rstrip()
    program = f"baoguan {__version__}"
    with document.open_metadata(set_pikepdf_as_editor=False) as about:
        about["dc:title"] = name
        about["dc:identifier"] = issue.id
        about["dc:language"] = {next(iter(title.languages), "zh")}
        about["xmp:CreatorTool"] = program
        about["xmp:CreateDate"] = moment
        about["xmp:ModifyDate"] = moment
        about["pdf:Producer"] = program
        about["pdfaid:part"] = "2"
        about["pdfaid:conformance"] = "U"
    document.Root.Lang = next(iter(title.languages), "zh")
    profile = document.make_stream(_srgb())
    profile.N = 3
    document.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier="sRGB",
                Info="sRGB",
                DestOutputProfile=profile,
            )
        ]
    )


def _srgb() -> bytes:
    """The sRGB profile of Little CMS, without the moment it was made."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[PROFILE_DATE] = FIRST_OF_2000
    return bytes(profile)
