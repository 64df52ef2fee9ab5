"""Atom 1.0 feeds (RFC 4287)."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA_TYPE = "application/atom+xml"
_OURS = uuid.UUID("5b1c6a8e-7d1f-4f0a-9d0e-2f6b8f0c9a31")  # drawn once; ids hang on it
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    key: str  # by which its id never changes
    title: str
    summary: str
    link: str
    updated: dt.datetime


@dataclass(frozen=True, slots=True)
class Feed:
    key: str
    title: str
    author: str
    link: str  # of the page that it tells of
    own_link: str
    language: str
    updated: dt.datetime
    entries: tuple[Entry, ...]


def stable_id(key: str) -> str:
    """A URN that is the same for the same key, wherever the archive is served."""
    return uuid.uuid5(_OURS, key).urn


def atom(feed: Feed) -> bytes:
    root = etree.fromstring(f'<feed xmlns="{ATOM}"/>')
    root.set(XML_LANG, feed.language)
    _text(root, "id", stable_id(feed.key))
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _text(etree.SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    _link(root, "self", feed.own_link, MEDIA_TYPE)
    _link(root, "alternate", feed.link, "text/html")
    _text(root, "generator", "baoguan")
    for entry in feed.entries:
        item = etree.SubElement(root, f"{{{ATOM}}}entry")
        _text(item, "id", stable_id(entry.key))
        _text(item, "title", entry.title)
        _text(item, "updated", _moment(entry.updated))
        _link(item, "alternate", entry.link, "text/html")
        _text(item, "summary", entry.summary)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def newest(moments: Iterable[dt.datetime], default: dt.datetime) -> dt.datetime:
    return max(moments, default=default)


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = _NO_XML.sub("\ufffd", text)


def _link(parent: etree._Element, rel: str, href: str, media_type: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, "type": media_type})


def _moment(moment: dt.datetime) -> str:
    """RFC 3339, in UTC."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
