"""The catalogue's tables. Dates and JSON as the database knows them; no noun leaves this way."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class TitleRow(Base):
    __tablename__ = "title"
    id: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[str, Any]]
    place: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[Any]]


class IssueRow(Base):
    __tablename__ = "issue"
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(ForeignKey("title.id"), index=True)
    date: Mapped[dt.date | None] = mapped_column(index=True)
    edition: Mapped[str]
    printed: Mapped[str] = mapped_column(default="")


class MasterRow(Base):
    __tablename__ = "master"
    sha: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[str]
    name: Mapped[str]  # the file's name when it first came in
    bytes: Mapped[int]
    frames: Mapped[int]
    added: Mapped[dt.datetime]


class ScanRow(Base):
    """One frame of a master: the unit of reading."""

    __tablename__ = "scan"
    __table_args__ = (UniqueConstraint("master", "frame"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    master: Mapped[str] = mapped_column(ForeignKey("master.sha"))
    frame: Mapped[int]
    issue: Mapped[str] = mapped_column(ForeignKey("issue.id"), index=True)
    numbers: Mapped[list[Any]]
    width: Mapped[int]
    height: Mapped[int]
    dpi: Mapped[float | None]
    state: Mapped[str] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")


class PageRow(Base):
    __tablename__ = "page"
    id: Mapped[str] = mapped_column(primary_key=True)
    issue: Mapped[str] = mapped_column(ForeignKey("issue.id"), index=True)
    number: Mapped[int]
    scan: Mapped[int] = mapped_column(ForeignKey("scan.id", ondelete="CASCADE"), index=True)
    master: Mapped[str]
    frame: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    turn: Mapped[int] = mapped_column(default=0, server_default="0")
    box: Mapped[list[Any]]
    direction: Mapped[str]
    revision: Mapped[str]
    characters: Mapped[int]
    confidence: Mapped[float]
    read: Mapped[dt.datetime]


class RevisionRow(Base):
    """Every reading of a page that there has been; the page row names the one shown."""

    __tablename__ = "revision"
    page: Mapped[str] = mapped_column(primary_key=True)
    sha: Mapped[str] = mapped_column(primary_key=True)
    made: Mapped[dt.datetime]


class ArticleRow(Base):
    __tablename__ = "article"
    id: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    headline: Mapped[str]
    characters: Mapped[int]


class PictureRow(Base):
    __tablename__ = "picture"
    id: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    box: Mapped[list[Any]]
    caption: Mapped[str]


class ContinuationRow(Base):
    """An article that goes on on another page of its issue."""

    __tablename__ = "continuation"
    article: Mapped[str] = mapped_column(primary_key=True)
    onto: Mapped[str]
    issue: Mapped[str] = mapped_column(ForeignKey("issue.id"), index=True)


class ExhibitRow(Base):
    __tablename__ = "exhibit"
    id: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class GalleryRow(Base):
    __tablename__ = "gallery"
    id: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class BatchRow(Base):
    """One run of an import."""

    __tablename__ = "batch"
    id: Mapped[int] = mapped_column(primary_key=True)
    started: Mapped[dt.datetime]
    ended: Mapped[dt.datetime | None]
    seen: Mapped[int] = mapped_column(default=0)
    stored: Mapped[int] = mapped_column(default=0)
    duplicate: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)


class FileRow(Base):
    """The journal: what became of each file of each batch."""

    __tablename__ = "file"
    id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    path: Mapped[str]
    sha: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(index=True)  # stored, duplicate or rejected
    code: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[dt.datetime]


class NameRow(Base):
    """The archive's own list of names."""

    __tablename__ = "name"
    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    aliases: Mapped[list[Any]]
    note: Mapped[str]


class SavedSearchRow(Base):
    __tablename__ = "saved_search"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    query: Mapped[str]
    filters: Mapped[dict[str, Any]]  # as in the address of the search page
    created: Mapped[dt.datetime]
    seen: Mapped[dt.datetime]


class ArrivalRow(Base):
    """When a page first became searchable; kept when it is read or indexed again."""

    __tablename__ = "arrival"
    page: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)


class OutboxRow(Base):
    """Pages whose index entries must be made, made again or taken away."""

    __tablename__ = "outbox"
    page: Mapped[str] = mapped_column(primary_key=True)
