"""The catalogue, over tables.py; each public method is one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Select, create_engine, delete, event, func, select, text, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from baoguan import tables as t
from baoguan.catalogue import rows
from baoguan.catalogue.entries import (
    BatchEntry,
    Counts,
    FileEntry,
    PageEntry,
    PictureEntry,
    ScanState,
)
from baoguan.errors import ArchiveTooNew, CatalogueUnavailable, NotFound
from baoguan.model import (
    UNKNOWN_TITLE,
    Box,
    Continuation,
    Exhibit,
    Gallery,
    Issue,
    Name,
    Page,
    SavedSearch,
    Scan,
    Title,
    issue_of,
)

MIGRATIONS = Path(__file__).parents[1] / "migrations"
_T = TypeVar("_T")
_Row = TypeVar("_Row", bound=t.Base)


class Catalogue:
    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _tune_sqlite)

    def close(self) -> None:
        self._engine.dispose()

    def migrate(self) -> None:
        """Bring the tables up to this version; raises ArchiveTooNew for those of a later one."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        with self._engine.connect() as connection:
            at = MigrationContext.configure(connection).get_current_revision()
        if at and at not in known:
            raise ArchiveTooNew(
                f"the catalogue is at revision {at}, which this version does not know"
            )
        with self._engine.begin() as connection:
            self._lock(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    # -- imports ------------------------------------------------------------------------------

    def begin_batch(self) -> int:
        def add(session: Session) -> int:
            row = t.BatchRow(started=rows.now())
            session.add(row)
            session.flush()
            return row.id

        return self._write(add)

    def end_batch(self, batch: int) -> None:
        self._write(
            lambda s: s.execute(
                update(t.BatchRow).where(t.BatchRow.id == batch).values(ended=rows.now())
            )
        )

    def has_master(self, sha: str) -> bool:
        return self._read(lambda s: s.get(t.MasterRow, sha) is not None)

    def note_file(
        self, batch: int, path: str, state: str, *, sha: str = "", code: str = "", reason: str = ""
    ) -> None:
        """One line in the journal, and the batch's counts with it."""
        self._write(lambda s: _note(s, batch, path, state, sha, code, reason))

    def add_master(
        self,
        batch: int,
        path: Path,
        *,
        sha: str,
        format_: str,
        size: int,
        issue: Issue,
        scans: Sequence[tuple[Scan, int, int]],
    ) -> None:
        """A stored file: master, title, issue, scans (with width and height), journal, at once."""

        def add(session: Session) -> None:
            if session.get(t.TitleRow, issue.title) is None:
                session.add(t.TitleRow(id=issue.title, names={}, languages=[]))
                session.flush()
            if session.get(t.IssueRow, issue.id) is None:
                session.add(rows.issue_row(issue))
            session.add(
                t.MasterRow(
                    sha=sha,
                    format=format_,
                    name=path.name,
                    bytes=size,
                    frames=len(scans),
                    added=rows.now(),
                )
            )
            session.flush()
            session.add_all(rows.scan_row(scan, width, height) for scan, width, height in scans)
            _note(session, batch, str(path), "stored", sha, "", "")

        self._write(add)

    def master_names(self) -> dict[str, str]:
        """Each master's SHA-256 and the name its file first came with."""
        query = select(t.MasterRow.sha, t.MasterRow.name)
        return self._read(lambda s: dict(s.execute(query).all()))

    def taken_numbers(self, issue: str) -> frozenset[int]:
        """Page numbers that scans of the issue already claim."""
        found = self._read(
            lambda s: s.scalars(select(t.ScanRow.numbers).where(t.ScanRow.issue == issue)).all()
        )
        return frozenset(number for numbers in found for number in numbers)

    # -- reading ------------------------------------------------------------------------------

    def scans(self, *states: str) -> tuple[ScanState, ...]:
        """All scans, or those in one of `states`, in the order they came."""
        query = select(t.ScanRow).order_by(t.ScanRow.id)
        if states:
            query = query.where(t.ScanRow.state.in_(states))
        return self._all(query, rows.scan_state)

    def scans_of(self, pages: Iterable[str]) -> tuple[ScanState, ...]:
        """The scans that hold these pages; raises NotFound."""
        ids = {self.page(page).id for page in pages}
        query = select(t.ScanRow).where(
            t.ScanRow.id.in_(select(t.PageRow.scan).where(t.PageRow.id.in_(ids)))
        )
        return self._all(query, rows.scan_state)

    def add_pages(
        self,
        scan: int,
        pages: Sequence[tuple[Page, str]],
        continuations: Sequence[Continuation] = (),
    ) -> None:
        """What was read of a scan, each page with its revision, and all continuations of its issue;
        replaces what was read before."""

        def add(session: Session) -> None:
            for issue in {page.issue for page, _ in pages}:
                session.execute(delete(t.ContinuationRow).where(t.ContinuationRow.issue == issue))
            session.add_all(
                t.ContinuationRow(
                    article=each.article, onto=each.onto, issue=issue_of(each.article)
                )
                for each in continuations
            )
            old = session.scalars(select(t.PageRow.id).where(t.PageRow.scan == scan)).all()
            _forget_pages(session, old)
            for page, revision in pages:
                _add_page(session, scan, page, revision)
            for page_id in {*old, *(page.id for page, _ in pages)}:
                session.merge(t.OutboxRow(page=page_id))
            _set_state(session, scan, "read")

        self._write(add)

    def unknown(self) -> tuple[ScanState, ...]:
        """Scans of which neither name nor user told the title or the date."""
        named = t.IssueRow.title != UNKNOWN_TITLE
        query = (
            select(t.ScanRow)
            .join(t.IssueRow, t.ScanRow.issue == t.IssueRow.id)
            .where(~named | t.IssueRow.date.is_(None))
            .order_by(t.ScanRow.id)
        )
        return self._all(query, rows.scan_state)

    def has_pages(self, scan: int) -> bool:
        query = select(t.PageRow.id).where(t.PageRow.scan == scan).limit(1)
        return self._read(lambda s: s.scalar(query) is not None)

    def fail_scan(self, scan: int, code: str, reason: str) -> None:
        self._write(lambda s: _set_state(s, scan, "failed", code, reason))

    def revisions(self, page: str) -> tuple[str, ...]:
        """SHA-256 of every reading of the page, the newest last."""
        query = (
            select(t.RevisionRow.sha).where(t.RevisionRow.page == page).order_by(t.RevisionRow.made)
        )
        return self._read(lambda s: tuple(s.scalars(query)))

    # -- index --------------------------------------------------------------------------------

    def outbox(self) -> tuple[str, ...]:
        query = select(t.OutboxRow.page).order_by(t.OutboxRow.page)
        return self._read(lambda s: tuple(s.scalars(query)))

    def queue(self, pages: Iterable[str]) -> None:
        """Have these pages' index entries made again."""
        waiting = [t.OutboxRow(page=page) for page in pages]
        self._write(lambda s: [s.merge(row) for row in waiting])

    def arrivals(self, pages: Iterable[str]) -> dict[str, dt.datetime]:
        """When each of `pages` first became searchable (UTC); without those that never were."""
        query = select(t.ArrivalRow.page, t.ArrivalRow.at).where(t.ArrivalRow.page.in_(pages))
        found = self._read(lambda s: s.execute(query).all())
        return {page: at.replace(tzinfo=dt.UTC) for page, at in found}

    def last_arrival(self) -> dt.datetime | None:
        """When a page last became searchable for the first time."""
        at = self._read(lambda s: s.scalar(select(func.max(t.ArrivalRow.at))))
        return at.replace(tzinfo=dt.UTC) if at else None

    def delivered(self, revisions: Mapping[str, str], at: dt.datetime) -> None:
        """The index holds these pages at these revisions ('' for a page taken away), since `at`.

        What was read again meanwhile stays in the outbox.
        """

        def settle(session: Session) -> None:
            for page, revision in revisions.items():
                if revision and session.get(t.ArrivalRow, page) is None:
                    session.add(t.ArrivalRow(page=page, at=rows.bare(at)))
                row = session.get(t.PageRow, page)
                if (row.revision if row else "") == revision:
                    session.execute(delete(t.OutboxRow).where(t.OutboxRow.page == page))
            waiting = select(t.PageRow.scan).where(t.PageRow.id.in_(select(t.OutboxRow.page)))
            session.execute(
                update(t.ScanRow)
                .where(t.ScanRow.state == "read", t.ScanRow.id.not_in(waiting))
                .values(state="indexed")
            )

        self._write(settle)

    def page_revisions(self) -> dict[str, str]:
        """Each page and the revision shown of it."""
        query = select(t.PageRow.id, t.PageRow.revision)
        return self._read(lambda s: dict(s.execute(query).all()))

    # -- what is held -------------------------------------------------------------------------

    def titles(self) -> tuple[Title, ...]:
        query = select(t.TitleRow).order_by(t.TitleRow.id)
        return self._all(query, rows.title)

    def title(self, title: str) -> Title:
        """The title, bare where only its id is known."""
        row = self._read(lambda s: s.get(t.TitleRow, title))
        return rows.title(row) if row else Title(title)

    def put_title(self, title: Title) -> None:
        self._write(lambda s: s.merge(rows.title_row(title)))

    def issues(self, title: str | None = None) -> tuple[Issue, ...]:
        query = select(t.IssueRow).order_by(t.IssueRow.date, t.IssueRow.id)
        if title:
            query = query.where(t.IssueRow.title == title)
        return self._all(query, rows.issue)

    def issue(self, issue: str) -> Issue:
        row = self._read(lambda s: s.get(t.IssueRow, issue))
        if row is None:
            raise NotFound(f"no issue {issue}")
        return rows.issue(row)

    def pages(self, issue: str | None = None) -> tuple[PageEntry, ...]:
        query = _PAGES.order_by(t.IssueRow.date, t.PageRow.issue, t.PageRow.number, t.PageRow.id)
        if issue:
            query = query.where(t.PageRow.issue == issue)
        return self._read(lambda s: tuple(rows.page_entry(*row) for row in s.execute(query)))

    def turned(self) -> tuple[str, ...]:
        """Pages of which the scan had to be turned to stand upright."""
        query = select(t.PageRow.id).where(t.PageRow.turn != 0).order_by(t.PageRow.id)
        return self._read(lambda s: tuple(s.scalars(query)))

    def page(self, page: str) -> PageEntry:
        row = self._read(lambda s: s.execute(_PAGES.where(t.PageRow.id == page)).first())
        if row is None:
            raise NotFound(f"no page {page}")
        return rows.page_entry(*row)

    def continuations(self, issue: str) -> tuple[Continuation, ...]:
        """Which articles of the issue go on in which."""
        query = (
            select(t.ContinuationRow)
            .where(t.ContinuationRow.issue == issue)
            .order_by(t.ContinuationRow.article)
        )
        return self._read(
            lambda s: tuple(Continuation(row.article, row.onto) for row in s.scalars(query))
        )

    def pictures(self) -> tuple[PictureEntry, ...]:
        query = select(t.PictureRow).order_by(t.PictureRow.id)
        found = self._read(lambda s: s.scalars(query).all())
        pages = {page.id: page for page in self.pages()}
        return tuple(
            PictureEntry(row.id, pages[row.page], Box(*row.box), row.caption)
            for row in found
            if row.page in pages
        )

    def exhibits(self) -> tuple[Exhibit, ...]:
        query = select(t.ExhibitRow).order_by(t.ExhibitRow.id)
        return self._all(query, rows.exhibit)

    def exhibit(self, exhibit: str) -> Exhibit:
        row = self._read(lambda s: s.get(t.ExhibitRow, exhibit))
        if row is None:
            raise NotFound(f"no exhibit {exhibit}")
        return rows.exhibit(row)

    def put_exhibit(self, exhibit: Exhibit) -> None:
        self._write(lambda s: s.merge(t.ExhibitRow(id=exhibit.id, content=asdict(exhibit))))

    def galleries(self) -> tuple[Gallery, ...]:
        query = select(t.GalleryRow).order_by(t.GalleryRow.id)
        return self._all(query, rows.gallery)

    def put_gallery(self, gallery: Gallery) -> None:
        self._write(lambda s: s.merge(t.GalleryRow(id=gallery.id, content=asdict(gallery))))

    def batches(self, limit: int = 20) -> tuple[BatchEntry, ...]:
        """The latest imports, newest first."""
        query = select(t.BatchRow).order_by(t.BatchRow.id.desc()).limit(limit)
        return self._all(query, rows.batch)

    def files(self, batch: int | None = None, *states: str) -> tuple[FileEntry, ...]:
        """The journal, of one batch or whole, newest last."""
        query = select(t.FileRow).order_by(t.FileRow.id)
        if batch is not None:
            query = query.where(t.FileRow.batch == batch)
        if states:
            query = query.where(t.FileRow.state.in_(states))
        return self._all(query, rows.file)

    def rejected_files(self) -> tuple[FileEntry, ...]:
        """Files that were rejected when last seen."""
        latest = {entry.path: entry for entry in self.files()}
        return tuple(entry for entry in latest.values() if entry.state == "rejected")

    def counts(self) -> Counts:
        def count(session: Session) -> Counts:
            states = session.execute(
                select(t.ScanRow.state, func.count()).group_by(t.ScanRow.state)
            )
            first, last = session.execute(
                select(func.min(t.IssueRow.date), func.max(t.IssueRow.date))
            ).one()
            by_state = dict(states.all())
            return Counts(
                titles=_size(session, t.TitleRow),
                issues=_size(session, t.IssueRow),
                scans=sum(by_state.values()),
                pages=_size(session, t.PageRow),
                articles=_size(session, t.ArticleRow),
                pictures=_size(session, t.PictureRow),
                characters=session.scalar(select(func.sum(t.PageRow.characters))) or 0,
                first=first,
                last=last,
                scans_by_state=by_state,
                waiting_for_index=_size(session, t.OutboxRow),
            )

        return self._read(count)

    # -- names and saved searches -------------------------------------------------------------

    def names(self) -> tuple[Name, ...]:
        """The archive's own list, by name and kind."""
        query = select(t.NameRow).order_by(t.NameRow.name, t.NameRow.kind)
        return self._all(query, rows.name)

    def put_names(self, names: Iterable[Name], pages: Iterable[str] = ()) -> None:
        """Puts `names` in the place of the list, and has the entries of `pages` made again."""
        new = [rows.name_row(name) for name in names]
        waiting = [t.OutboxRow(page=page) for page in pages]

        def replace(session: Session) -> None:
            session.execute(delete(t.NameRow))
            session.add_all(new)
            for row in waiting:
                session.merge(row)

        self._write(replace)

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """In the order in which they were saved."""
        query = select(t.SavedSearchRow).order_by(t.SavedSearchRow.created, t.SavedSearchRow.id)
        return self._all(query, rows.saved_search)

    def saved_search(self, id_: str) -> SavedSearch:
        row = self._read(lambda s: s.get(t.SavedSearchRow, id_))
        if row is None:
            raise NotFound(f"no saved search {id_}")
        return rows.saved_search(row)

    def put_saved_search(self, search: SavedSearch) -> None:
        self._write(lambda s: s.merge(rows.saved_search_row(search)))

    def remove_saved_search(self, id_: str) -> None:
        """Raises NotFound."""
        self.saved_search(id_)
        self._write(lambda s: s.execute(delete(t.SavedSearchRow).where(t.SavedSearchRow.id == id_)))

    # -- transactions -------------------------------------------------------------------------

    def _all(self, query: Select[_Row], value: Callable[[_Row], _T]) -> tuple[_T, ...]:
        return self._read(lambda s: tuple(map(value, s.scalars(query))))

    def _read(self, work: Callable[[Session], _T]) -> _T:
        with _told(), Session(self._engine, expire_on_commit=False) as session:
            return work(session)

    def _write(self, work: Callable[[Session], _T]) -> _T:
        with _told(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            self._lock(session)
            return work(session)

    def _lock(self, connection: Session | Connection) -> None:
        """SQLite: take the write lock at once; a reader that turns writer cannot wait for one."""
        if self._engine.dialect.name == "sqlite":
            connection.execute(text("BEGIN IMMEDIATE"))


_PAGES = select(t.PageRow, t.IssueRow).join(t.IssueRow, t.PageRow.issue == t.IssueRow.id)


@contextmanager
def _told() -> Iterator[None]:
    """What a database server or a full disk raises, as an error of ours."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise CatalogueUnavailable(f"the catalogue cannot be used: {error.orig}") from error


def _tune_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _size(session: Session, table: type[t.Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _note(
    session: Session, batch: int, path: str, state: str, sha: str, code: str, reason: str
) -> None:
    told = {"path": path, "sha": sha, "state": state, "code": code, "reason": reason}
    session.add(t.FileRow(batch=batch, at=rows.now(), **told))
    counter = getattr(t.BatchRow, state)
    session.execute(
        update(t.BatchRow)
        .where(t.BatchRow.id == batch)
        .values({counter: counter + 1, t.BatchRow.seen: t.BatchRow.seen + 1})
    )


def _set_state(session: Session, scan: int, state: str, code: str = "", reason: str = "") -> None:
    session.execute(
        update(t.ScanRow).where(t.ScanRow.id == scan).values(state=state, code=code, reason=reason)
    )


def _forget_pages(session: Session, pages: Sequence[str]) -> None:
    for table in (t.ArticleRow, t.PictureRow):
        session.execute(delete(table).where(table.page.in_(pages)))
    session.execute(delete(t.PageRow).where(t.PageRow.id.in_(pages)))


def _add_page(session: Session, scan: int, page: Page, revision: str) -> None:
    session.add(rows.page_row(page, scan, revision))
    session.flush()
    session.add_all(rows.article_rows(page))
    session.add_all(rows.picture_rows(page))
    session.merge(t.RevisionRow(page=page.id, sha=revision, made=rows.now()))
