"""The archive: store, catalogue and index, opened together, and questions to all three."""

from __future__ import annotations

import datetime as dt
import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import TracebackType

from baoguan.catalogue import Catalogue, PageEntry
from baoguan.errors import ArchiveBusy, NoArchive, NotFound
from baoguan.model import Article, Page, page_of
from baoguan.revisions import page_from_json
from baoguan.search import (
    Access,
    Alike,
    By,
    Document,
    Filters,
    Found,
    Index,
    Match,
    Namer,
    Passages,
    Period,
    Query,
    Snippet,
    documents_of,
    excerpt,
    loosened,
    more_like,
    open_index,
    parse,
    show,
    spans,
    trend,
    whole_page,
)
from baoguan.settings import FILE_NAME, Settings
from baoguan.store import Store

PAGES_IN_MEMORY = 64  # parsed revisions, about 2 MB each


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers a query: where it stands, what it says, and where to mark it.

    `possible` where it does so only if a character was misread.
    """

    article: Article
    page: PageEntry
    snippet: Snippet
    matches: tuple[Match, ...]
    possible: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` articles match, `possible` more may; `hits` are those asked for, best first."""

    total: int
    hits: tuple[Hit, ...]
    possible: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A hit told by its text alone: how many places answer, and the first with its surroundings."""

    document: Document
    snippet: Snippet
    places: int
    possible: bool = False


@dataclass(frozen=True, slots=True)
class Glance:
    """What `Answer` tells, without where it is printed, which takes opening the pages."""

    total: int
    mentions: tuple[Mention, ...]
    possible: int = 0


class Archive:
    """What a folder (or a database, an object store and a server) holds. Use as a context."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.store_url, settings.derivatives)
        self.catalogue = Catalogue(settings.catalogue_url)
        self._parsed = lru_cache(PAGES_IN_MEMORY)(self._parse)

    @cached_property
    def index(self) -> Index:
        """Opened at first use, so that a server that is down stops searching and nothing else."""
        access = Access(self.settings.index_api_key, self.settings.index_ca)
        return open_index(self.settings.index_url, access)

    @cached_property
    def passages(self) -> Passages:
        return Passages(self.settings.derivatives / "passages.db")

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if "index" in self.__dict__:
            self.index.close()
        self.passages.close()
        self.catalogue.close()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the archive for writing; raises ArchiveBusy while another process does."""
        with (self.settings.archive / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise ArchiveBusy(f"{self.settings.archive} is in use") from error
            self.store.sweep()
            yield

    def page(self, page: str, revision: str | None = None) -> Page:
        """The page as read: the newest reading, or an older one by its revision; or NotFound."""
        return self._parsed(revision or self.catalogue.page(page).revision)

    def article(self, article: str) -> tuple[Page, Article]:
        """An article and the page it begins on, a page's id for all of it; raises NotFound."""
        page = self.page(page_of(article))
        return page, _article_of(page, article)

    def find(
        self,
        words: str,
        filters: Filters | None = None,
        *,
        limit: int = 20,
        offset: int = 0,
        tolerant: bool = False,
    ) -> Answer:
        """Articles that answer `words`, with the places to mark; `limit` 0 gives all.

        `tolerant` adds, behind them, those that would answer had a character not been misread.
        Raises BadQuery, IndexStale or IndexUnavailable.
        """
        query, loose, found = self._asked(words, filters, limit, offset, tolerant)
        hits = [
            *(self._hit(id_, query, possible=False) for id_ in found.ids),
            *(self._hit(id_, loose, possible=True) for id_ in found.possible_ids),
        ]
        return Answer(found.total, tuple(filter(None, hits)), found.possible)

    def _asked(
        self, words: str, filters: Filters | None, limit: int, offset: int, tolerant: bool
    ) -> tuple[Query, Query, Found]:
        """The query, the same as it is where a character was misread, and what the index finds."""
        query = parse(words)
        found = self.index.search(
            query, filters or Filters(), limit=limit, offset=offset, tolerant=tolerant
        )
        return query, loosened(query) if found.possible_ids else query, found

    def _hit(self, id_: str, query: Query, *, possible: bool) -> Hit | None:
        """None for an article that a page read again no longer has; the index will follow."""
        try:
            return self._hit_in(id_, query, possible=possible)
        except NotFound:
            return None

    def _hit_in(self, id_: str, query: Query, *, possible: bool) -> Hit:
        entry = self.catalogue.page(page_of(id_))
        page = self.page(entry.id, entry.revision)
        article = _article_of(page, id_)
        piece, found = show(query, page, article)
        return Hit(article, entry, piece, found, possible)

    def glance(
        self,
        words: str,
        filters: Filters | None = None,
        *,
        limit: int = 20,
        offset: int = 0,
        tolerant: bool = False,
    ) -> Glance:
        """What `find` finds, told by the texts alone: no page is opened."""
        query, loose, found = self._asked(words, filters, limit, offset, tolerant)
        held = {d.id: d for d in self.documents([*found.ids, *found.possible_ids])}
        mentions = [
            *(_mention(held[id_], query) for id_ in found.ids if id_ in held),
            *(
                _mention(held[id_], loose, possible=True)
                for id_ in found.possible_ids
                if id_ in held
            ),
        ]
        return Glance(found.total, tuple(mentions), found.possible)

    def documents(self, ids: Iterable[str]) -> Iterator[Document]:
        """These articles as they were indexed, in no order; what is not in the archive is left out.

        From the file of passages; what that lacks, from the pages.
        """
        missing = set(ids)
        for document in self.passages.documents(missing):
            missing.discard(document.id)
            yield document
        for page in sorted({page_of(id_) for id_ in missing}):
            with suppress(NotFound):
                yield from (d for d in self.documents_on(page)[1] if d.id in missing)

    def documents_on(
        self, page: str, namer: Namer | None = None, added: int = 0
    ) -> tuple[str, tuple[Document, ...]]:
        """The revision shown of a page, and its articles as they are indexed; raises NotFound.

        Without a `namer` they have no names; `added` is when the page became searchable.
        """
        entry = self.catalogue.page(page)
        title = self.catalogue.title(entry.title)
        documents = documents_of(
            self.page(page, entry.revision),
            title=title.id,
            title_name=title.name("zh-Hant"),
            date=entry.date,
            revision=entry.revision,
            added=added,
            namer=namer,
        )
        return entry.revision, documents

    def document(self, article: str) -> Document:
        """One article as it was indexed; raises NotFound."""
        for document in self.documents([article]):
            return document
        raise NotFound(f"no article {article}")

    def trend(
        self,
        words: str,
        filters: Filters | None = None,
        by: By = By.YEAR,
        *,
        count_within: int | None = None,
    ) -> tuple[Period, ...]:
        """How often `words` were printed in each period; see `search.trend`."""
        asked, narrowed = parse(words), filters or Filters()
        return trend(self.index, self.documents, asked, narrowed, by, count_within=count_within)

    def more_like(self, article: str, limit: int = 10) -> Alike:
        """Articles with the words that tell this one from others; raises NotFound."""
        return more_like(self.index, self.document(article), limit=limit)

    def count(self, words: str, filters: Filters | None = None) -> int:
        """How many articles answer `words`."""
        return self.index.search(parse(words), filters or Filters(), limit=1).total

    def on_this_day(self, day: dt.date) -> PageEntry | None:
        """A front page printed on this day of the year, else the one nearest after it."""
        fronts = [page for page in self.catalogue.pages() if page.number == 1 and page.date]
        if not fronts:
            fronts = list(self.catalogue.pages())[:1]
        return min(fronts, key=lambda page: _days_until(page.date, day), default=None)

    def _parse(self, revision: str) -> Page:
        return page_from_json(self.store.read("pages", revision))


def create_archive(settings: Settings) -> None:
    """Make the archive's folder and tables; does nothing twice."""
    settings.archive.mkdir(parents=True, exist_ok=True)
    file = settings.archive / FILE_NAME
    if not file.exists():
        file.write_text(_FIRST_SETTINGS, "utf-8")
    catalogue = Catalogue(settings.catalogue_url)
    catalogue.migrate()
    catalogue.close()


def open_archive(settings: Settings) -> Archive:
    """Raises NoArchive where there is none."""
    if not (settings.archive / FILE_NAME).exists():
        raise NoArchive(f"no archive in {settings.archive.absolute()}")
    archive = Archive(settings)
    archive.catalogue.migrate()
    return archive


def _article_of(page: Page, id_: str) -> Article:
    if id_ == page.id:
        return whole_page(page)
    for article in page.articles:
        if article.id == id_:
            return article
    raise NotFound(f"no article {id_}")


def _mention(document: Document, query: Query, *, possible: bool = False) -> Mention:
    found = spans(query, document.text)
    return Mention(document, excerpt(document.text, found), len(found), possible)


def _days_until(date: dt.date | None, day: dt.date) -> int:
    if date is None:
        return 366
    return (date.timetuple().tm_yday - day.timetuple().tm_yday) % 366


_FIRST_SETTINGS = """\
# The archive's settings; `baoguan doctor` shows those in force. BAOGUAN_NAME in the environment
# wins over this file.

# engine = "rapidocr"            # or "tesseract"
# index = "http://127.0.0.1:9200"  # Elasticsearch in place of the built-in index
# name_patterns = ["{title}_{date}_{page}", "{title}_{anything}_{date}_{page}+{page}"]
# page_seconds = 600
# max_megapixels = 400
"""
