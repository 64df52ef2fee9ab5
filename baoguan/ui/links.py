"""Addresses: of pages, each with its language, and of images."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from baoguan.catalogue import PageEntry
from baoguan.model import Box
from baoguan.search import Document
from baoguan.ui.routes.iiif import PREFIX

ASSETS = "/assets"
CLIPS = "/clip"
ENTRANCE = ""


def page(name: str, lang: str, **params: object) -> str:
    """The address of one of our pages; empty and missing parameters are left out."""
    return f"/{name}?{query(lang, **params)}"


def query(lang: str, **params: object) -> str:
    """The part of an address behind the question mark."""
    kept = {key.rstrip("_"): value for key, value in params.items() if value not in (None, "")}
    return urlencode({"lang": lang, **kept}, doseq=True, quote_via=quote)


def reader(lang: str, page_id: str, *, q: str = "", box: Box | None = None, **more: object) -> str:
    """The reader at a page, with the words searched for or with a box shown."""
    shown = ",".join(map(str, box.as_tuple())) if box else ""
    return page("reader", lang, page=page_id, q=q, box=shown, **more)


def image(entry: PageEntry) -> str:
    """The base address of the scan a page stands on."""
    turn = f"-r{entry.turn}" if entry.turn else ""
    return f"{PREFIX}/{entry.master}-{entry.frame}{turn}"


def crop(entry: PageEntry, box: Box | None, *, width: int, height: int = 0) -> str:
    """A part of the scan fitted into width (and height) pixels, never enlarged."""
    part = box or entry.box
    region = f"{part.left},{part.top},{part.width},{part.height}"
    fit = min(1.0, width / part.width, height / part.height if height else 1.0)
    size = f"{max(1, round(part.width * fit))},{max(1, round(part.height * fit))}"
    return f"{image(entry)}/{region}/{size}/0/default.jpg"


def hit_clip(document: Document, q: str, *, near: bool = False) -> str:
    """The picture of the first hit in an article; a new revision is a new address."""
    asked = {"q": q, "near": "1" if near else "", "v": document.revision[:12]}
    kept = {name: value for name, value in asked.items() if value}
    return f"{CLIPS}/{quote(document.id)}?{urlencode(kept, quote_via=quote)}"


def passage_clip(document: Document, start: int, end: int) -> str:
    """The picture of a passage of an article."""
    return f"{CLIPS}/{quote(document.id)}?from={start}&to={end}&v={document.revision[:12]}"


def asset(name: str, version: str) -> str:
    return f"{ASSETS}/{name}?v={version}"
