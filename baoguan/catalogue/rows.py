"""From rows of the tables to the values that they stand for, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from baoguan import tables as t
from baoguan.catalogue.entries import BatchEntry, FileEntry, PageEntry, ScanState
from baoguan.model import (
    Box,
    Direction,
    Exhibit,
    Gallery,
    Issue,
    Item,
    Name,
    NameKind,
    Page,
    SavedSearch,
    Scan,
    Section,
    Title,
)


def scan_row(scan: Scan, width: int, height: int) -> t.ScanRow:
    return t.ScanRow(
        master=scan.master,
        frame=scan.frame,
        issue=scan.issue,
        numbers=list(scan.numbers),
        width=width,
        height=height,
        dpi=scan.dpi,
        state="stored",
    )


def scan_state(row: t.ScanRow) -> ScanState:
    scan = Scan(row.master, row.frame, row.issue, tuple(row.numbers), row.dpi)
    return ScanState(row.id, scan, row.width, row.height, row.state, row.code, row.reason)


def page_row(page: Page, scan: int, revision: str) -> t.PageRow:
    chars = [char for region in page.regions for line in region.lines for char in line.chars]
    return t.PageRow(
        id=page.id,
        issue=page.issue,
        number=page.number,
        scan=scan,
        master=page.master,
        frame=page.frame,
        width=page.width,
        height=page.height,
        turn=page.turn,
        box=list(page.box.as_tuple()),
        direction=page.direction,
        revision=revision,
        characters=len(chars),
        confidence=sum(char.confidence for char in chars) / len(chars) if chars else 0.0,
        read=now(),
    )


def article_rows(page: Page) -> list[t.ArticleRow]:
    return [
        t.ArticleRow(
            id=article.id,
            page=page.id,
            kind=article.kind,
            headline=article.headline,
            characters=sum(len(line.chars) for line in page.lines_of(article)),
        )
        for article in page.articles
    ]


def picture_rows(page: Page) -> list[t.PictureRow]:
    return [
        t.PictureRow(
            id=picture.id, page=page.id, box=list(picture.box.as_tuple()), caption=picture.caption
        )
        for picture in page.pictures
    ]


def title(row: t.TitleRow) -> Title:
    return Title(row.id, row.names, row.place, tuple(row.languages))


def title_row(title: Title) -> t.TitleRow:
    return t.TitleRow(
        id=title.id,
        names=dict(title.names),
        place=title.place,
        languages=list(title.languages),
    )


def issue(row: t.IssueRow) -> Issue:
    return Issue(row.id, row.title, row.date, row.edition, row.printed)


def issue_row(issue: Issue) -> t.IssueRow:
    return t.IssueRow(
        id=issue.id,
        title=issue.title,
        date=issue.date,
        edition=issue.edition,
        printed=issue.printed,
    )


def page_entry(page: t.PageRow, issue: t.IssueRow) -> PageEntry:
    return PageEntry(
        id=page.id,
        issue=page.issue,
        title=issue.title,
        date=issue.date,
        number=page.number,
        master=page.master,
        frame=page.frame,
        width=page.width,
        height=page.height,
        turn=page.turn,
        box=Box(*page.box),
        direction=Direction(page.direction),
        revision=page.revision,
        characters=page.characters,
        confidence=page.confidence,
    )


def batch(row: t.BatchRow) -> BatchEntry:
    return BatchEntry(
        row.id, row.started, row.ended, row.seen, row.stored, row.duplicate, row.rejected
    )


def file(row: t.FileRow) -> FileEntry:
    return FileEntry(row.path, row.sha, row.state, row.code, row.reason, row.at)


def name_row(name: Name) -> t.NameRow:
    return t.NameRow(
        name=name.name, kind=name.kind.value, aliases=list(name.aliases), note=name.note
    )


def name(row: t.NameRow) -> Name:
    return Name(row.name, NameKind(row.kind), tuple(row.aliases), row.note)


def saved_search_row(search: SavedSearch) -> t.SavedSearchRow:
    return t.SavedSearchRow(
        id=search.id,
        name=search.name,
        query=search.query,
        filters=dict(search.filters),
        created=bare(search.created),
        seen=bare(search.seen),
    )


def saved_search(row: t.SavedSearchRow) -> SavedSearch:
    created, seen = (moment.replace(tzinfo=dt.UTC) for moment in (row.created, row.seen))
    return SavedSearch(row.id, row.name, row.query, row.filters, created, seen)


def exhibit(row: t.ExhibitRow) -> Exhibit:
    data = row.content
    return Exhibit(
        id=data["id"],
        title=data["title"],
        lead=data["lead"],
        cover=_item(data["cover"]),
        sections=tuple(
            Section(s["heading"], s["body"], tuple(map(_item, s["items"])))
            for s in data["sections"]
        ),
        credits=data["credits"],
    )


def gallery(row: t.GalleryRow) -> Gallery:
    data = row.content
    return Gallery(data["id"], data["title"], data["lead"], tuple(map(_item, data["items"])))


def _item(data: Mapping[str, Any]) -> Item:
    return Item(data["page"], Box(**data["box"]) if data["box"] else None, data["caption"])


def bare(moment: dt.datetime) -> dt.datetime:
    """As the database keeps it: UTC, without saying so."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def now() -> dt.datetime:
    """This moment, as the database keeps it."""
    return bare(dt.datetime.now(dt.UTC))
