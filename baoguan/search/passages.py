"""The texts of all articles beside each other in one file, and what they have in common.

Derived from the pages as the index is: made again at any time. It holds every document whole, so
that words are counted and shown without opening a page, and of each a sample of its shingles, by
which a passage printed twice is found without comparing every article with every other.
docs/decisions/0005-reprints.md says why it is so.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from baoguan.errors import IndexUnavailable
from baoguan.model import ArticleKind
from baoguan.search.alike import LONGEST, ONE_IN, RUN, Codes, align, codes, sample
from baoguan.search.analysis import ANALYSIS
from baoguan.search.cutting import Token, tokens
from baoguan.search.documents import Document
from baoguan.search.fold import fold
from baoguan.search.marking import Span

MOST_OF_A_SHINGLE = 48  # of the passages that hold one, the latest; the others hang on those
MOST_COMPARED = 12  # with one article, those that share most with it
APART = 16  # tokens by which the distance of shared shingles may differ
ASKED_AT_ONCE = 500  # ids in one statement

MADE_WITH = f"passages 1, {ANALYSIS}, shingles {RUN} of {ONE_IN}"
_PRINTED_EVERY_DAY = (ArticleKind.HEAD.value, ArticleKind.MARGIN.value)


@dataclass(frozen=True, slots=True)
class Reprint:
    """A passage that stands in two articles: offsets in the text of each, in code points."""

    one: str
    other: str
    one_span: Span
    other_span: Span
    same: int  # tokens
    likeness: float  # 0 to 1

    def seen_from(self, article: str) -> Reprint:
        """The same with `article` as the one."""
        if article == self.one:
            return self
        return Reprint(
            self.other, self.one, self.other_span, self.one_span, self.same, self.likeness
        )


@dataclass(frozen=True, slots=True)
class Family:
    """Articles that share a passage, each with at least one other; the ids in order."""

    articles: tuple[str, ...]
    same: int  # tokens in the longest passage that two of them share


class Passages:
    """Reading is safe from any thread; one process writes at a time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writer: sqlite3.Connection | None = None
        self._known = 0  # the number of the file that was found to be ours

    # writing

    def replace(self, page: str, revision: str, documents: Sequence[Document]) -> None:
        """Puts `documents` in the place of all that is held of `page`; lasting after `commit`."""
        db = self._writing()
        with _told(self._file):
            _take_out(db, page)
            db.execute("INSERT INTO page VALUES (?, ?)", (page, revision))
            for document in documents:
                _put_in(db, document)

    def remove(self, page: str) -> None:
        db = self._writing()
        with _told(self._file):
            _take_out(db, page)

    def commit(self) -> None:
        if self._writer is not None:
            with _told(self._file):
                self._writer.commit()

    def clear(self) -> None:
        self.close()
        self._known = 0
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._file}{suffix}").unlink(missing_ok=True)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    # reading

    def contents(self) -> Mapping[str, str]:
        """Each page held, and the revision of its reading."""
        with self._reading() as db:
            return dict(db.execute("SELECT page, revision FROM page").fetchall())

    def documents(self, ids: Iterable[str]) -> Iterator[Document]:
        """Those of `ids` that are held, in the order of their ids."""
        wanted = sorted(set(ids))
        with self._reading() as db:
            for start in range(0, len(wanted), ASKED_AT_ONCE):
                some = wanted[start : start + ASKED_AT_ONCE]
                marks = ",".join("?" * len(some))
                query = f"SELECT {_COLUMNS} FROM passage WHERE id IN ({marks}) ORDER BY id"
                yield from map(_document, db.execute(query, some))

    def reprints_of(self, article: str) -> tuple[Reprint, ...]:
        """Passages of `article` that stand in others too, the longest first."""
        query = f"{_REPRINTS} WHERE a.id = ?1 OR b.id = ?1"
        with self._reading() as db:
            found = [_reprint(row).seen_from(article) for row in db.execute(query, (article,))]
        return tuple(sorted(found, key=lambda r: (-r.same, r.other)))

    def printed_again(self, articles: Iterable[str]) -> dict[str, int]:
        """Of these articles those that share passages with others, and with how many."""
        wanted = list(set(articles))
        with self._reading() as db:
            asked = _COUNTS.format(marks=",".join("?" * len(wanted)))
            return dict(db.execute(asked, wanted).fetchall())

    def reprints(self) -> tuple[Reprint, ...]:
        """All pairs, the longest passage first."""
        with self._reading() as db:
            found = [_reprint(row) for row in db.execute(_REPRINTS)]
        return tuple(sorted(found, key=lambda r: (-r.same, r.one, r.other)))

    def families(self) -> tuple[Family, ...]:
        """Articles joined by what they share; the largest families first."""
        head: dict[str, str] = {}

        def first(article: str) -> str:
            while (above := head.get(article, article)) != article:
                head[article] = article = head.get(above, above)
            return article

        pairs = self.reprints()
        for pair in pairs:
            one, other = sorted((first(pair.one), first(pair.other)))
            head[other] = one
        members: dict[str, set[str]] = defaultdict(set)
        longest: dict[str, int] = defaultdict(int)
        for pair in pairs:
            family = first(pair.one)
            members[family] |= {pair.one, pair.other}
            longest[family] = max(longest[family], pair.same)
        made = [Family(tuple(sorted(ids)), longest[family]) for family, ids in members.items()]
        return tuple(sorted(made, key=lambda f: (-len(f.articles), -f.same, f.articles)))

    # the file

    def _writing(self) -> sqlite3.Connection:
        if self._writer is None:
            with _told(self._file):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                if self._file.exists() and not self._is_ours():
                    self.clear()
                self._writer = sqlite3.connect(self._file, check_same_thread=False)
                self._writer.executescript(_TABLES)
                self._writer.execute("INSERT OR IGNORE INTO made VALUES (?)", (MADE_WITH,))
        return self._writer

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The file as of its last commit; an empty one where there is none of this version."""
        ours = self._is_ours()
        with _told(self._file), closing(sqlite3.connect(self._file if ours else ":memory:")) as db:
            if not ours:
                db.executescript(_TABLES)
            yield db

    def _is_ours(self) -> bool:
        if not self._file.exists():
            return False
        number = self._file.stat().st_ino
        if number == self._known:
            return True
        try:
            with closing(sqlite3.connect(self._file)) as db:
                held = db.execute("SELECT made_with FROM made").fetchall()
        except sqlite3.DatabaseError:
            return False
        if held != [(MADE_WITH,)]:
            return False
        self._known = number
        return True


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise IndexUnavailable(f"{file} cannot be used: {error}") from error


_OTHERS = ("names", "name_keys", "added")  # the index's alone: a new list of names leaves this file
_FIELDS = tuple(field.name for field in fields(Document) if field.name not in _OTHERS)
_COLUMNS = ", ".join(_FIELDS)
_TABLES = f"""
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS made (made_with TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS page (page TEXT PRIMARY KEY, revision TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passage (no INTEGER PRIMARY KEY, {_COLUMNS});
CREATE UNIQUE INDEX IF NOT EXISTS passage_id ON passage (id);
CREATE INDEX IF NOT EXISTS passage_page ON passage (page);
CREATE TABLE IF NOT EXISTS shingle (
    hash INTEGER, passage INTEGER, place INTEGER, PRIMARY KEY (hash, passage)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reprint (
    one INTEGER, other INTEGER, one_start INTEGER, one_end INTEGER,
    other_start INTEGER, other_end INTEGER, same INTEGER, likeness REAL,
    PRIMARY KEY (one, other)
);
CREATE INDEX IF NOT EXISTS reprint_other ON reprint (other);
"""
_COUNTS = """
SELECT id, count(*) FROM passage JOIN reprint ON no = one OR no = other
WHERE id IN ({marks}) GROUP BY id
"""
_REPRINTS = """
SELECT a.id, b.id, one_start, one_end, other_start, other_end, same, likeness
FROM reprint JOIN passage AS a ON a.no = one JOIN passage AS b ON b.no = other
"""


def _reprint(row: tuple[str, str, int, int, int, int, int, float]) -> Reprint:
    one, other, start, end, other_start, other_end, same, likeness = row
    return Reprint(one, other, (start, end), (other_start, other_end), same, likeness)


def _document(row: tuple[object, ...]) -> Document:
    told = dict(zip(_FIELDS, row, strict=True))
    told["date"] = dt.date.fromisoformat(str(told["date"])) if told["date"] else None
    told["illustrated"] = bool(told["illustrated"])
    return Document(**told)  # type: ignore[arg-type]


def _take_out(db: sqlite3.Connection, page: str) -> None:
    for no, text in db.execute("SELECT no, text FROM passage WHERE page = ?", (page,)).fetchall():
        held = [(hash_, no) for hash_ in sample(codes(tokens(fold(text))))]
        db.executemany("DELETE FROM shingle WHERE hash = ? AND passage = ?", held)
        db.execute("DELETE FROM reprint WHERE one = ?1 OR other = ?1", (no,))
    db.execute("DELETE FROM passage WHERE page = ?", (page,))
    db.execute("DELETE FROM page WHERE page = ?", (page,))


def _put_in(db: sqlite3.Connection, document: Document) -> None:
    row = [getattr(document, name) for name in _FIELDS]
    row[_FIELDS.index("date")] = document.date.isoformat() if document.date else None
    marks = ", ".join("?" * len(row))
    no = db.execute(f"INSERT INTO passage ({_COLUMNS}) VALUES ({marks})", row).lastrowid
    if document.kind in _PRINTED_EVERY_DAY:
        return
    cut = tokens(fold(document.text))
    text = codes(cut)
    kept = sample(text)
    for seed in _candidates(db, document.issue, kept):
        _compare(db, no or 0, cut, text, seed)
    db.executemany("INSERT INTO shingle VALUES (?, ?, ?)", ((h, no, p) for h, p in kept.items()))


@dataclass(frozen=True, slots=True)
class _Seed:
    """A passage that shares shingles, one place of them in each text, and how many are in line."""

    shared: int
    passage: int
    place: int
    there: int


def _candidates(db: sqlite3.Connection, issue: str, kept: Mapping[int, int]) -> list[_Seed]:
    """Passages of other issues that share two shingles at about the same distance, or more."""
    shared: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for hash_, place in kept.items():
        for other, there in db.execute(_LATEST, (hash_, MOST_OF_A_SHINGLE)):
            shared[other].append((there - place, place))
    seeds = [_in_line(other, sorted(some)) for other, some in shared.items()]
    best = sorted((s for s in seeds if s.shared > 1), key=lambda s: (-s.shared, s.passage))
    return [seed for seed in best if _issue_of(db, seed.passage) != issue][:MOST_COMPARED]


_LATEST = "SELECT passage, place FROM shingle WHERE hash = ? ORDER BY passage DESC LIMIT ?"


def _in_line(other: int, shared: list[tuple[int, int]]) -> _Seed:
    """Most that lie within APART of each other; `shared` are distances with places, in order."""
    begin, best = 0, _Seed(0, other, 0, 0)
    for end, (shift, place) in enumerate(shared):
        while shift - shared[begin][0] > APART:
            begin += 1
        if end - begin + 1 > best.shared:
            best = _Seed(end - begin + 1, other, place, place + shift)
    return best


def _issue_of(db: sqlite3.Connection, passage: int) -> str:
    return str(db.execute("SELECT issue FROM passage WHERE no = ?", (passage,)).fetchone()[0])


def _compare(
    db: sqlite3.Connection, no: int, cut: Sequence[Token], text: Codes, seed: _Seed
) -> None:
    """Enters the passage that both share, where there is one."""
    (read,) = db.execute("SELECT text FROM passage WHERE no = ?", (seed.passage,)).fetchone()
    other_cut = tokens(fold(read))
    mine, theirs = _around(seed.place), _around(seed.there)
    if found := align(text[mine], codes(other_cut[theirs])):
        spans = (*_span(cut[mine], found.one), *_span(other_cut[theirs], found.other))
        row = (no, seed.passage, *spans, found.same, found.likeness)
        db.execute("INSERT INTO reprint VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _around(place: int) -> slice:
    return slice(max(0, place - LONGEST // 2), place + LONGEST // 2)


def _span(cut: Sequence[Token], found: tuple[int, int]) -> Span:
    """From places of tokens to offsets in the text."""
    return cut[found[0]].start, cut[found[1] - 1].end
