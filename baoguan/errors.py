"""Everything that can go wrong, told apart by class.

    BaoguanError                  1
    ├── UsageError                2   the command or a setting makes no sense
    │   ├── BadDate                   not a date, or a day that never was
    │   └── BadNames                  a list of names with rows that make no sense
    ├── InputError                    a file that we were given
    │   ├── Unreadable            10  no such file, a folder without permission, an I/O error
    │   ├── EmptyFile             11
    │   ├── UnknownFormat         12  not an image or PDF, whatever its name says
    │   ├── Damaged               13  begins well and cannot be decoded to the end
    │   ├── TooLarge              14  more pixels or frames than the limits allow
    │   └── Encrypted             15  a PDF with a password
    ├── Interrupted               130  Ctrl-C
    ├── SomeRejected              20  the batch went through, without the files named
    ├── ReadingError                  OCR of one page
    │   ├── TimedOut              30
    │   ├── OutOfMemory           31
    │   ├── ReaderCrashed         32
    │   └── EngineMissing         33
    ├── SearchError
    │   ├── BadQuery              40  carries the place in the query
    │   ├── IndexStale            41  built by another schema, dictionary or fold table
    │   ├── IndexUnavailable      42  the server does not answer
    │   └── IndexBusy             43  another process writes
    └── ArchiveError
        ├── NoArchive             50
        ├── ArchiveTooNew         51  made by a newer baoguan
        ├── NotFound              52  no such page, issue or exhibit
        ├── ArchiveBusy           53  another import holds the archive
        ├── StoreDamaged          54  a file is missing or differs from its hash
        └── CatalogueUnavailable  55  the database does not answer

Each class carries its exit code, a short reason code for reports, and advice: what to do next.
"""

from __future__ import annotations

from typing import ClassVar


class BaoguanError(Exception):
    """What happened and where; `advice` says what to do next."""

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "error"
    advice: ClassVar[str] = ""


class UsageError(BaoguanError):
    exit_code, code = 2, "usage"
    advice = "See `baoguan --help`."


class BadDate(UsageError):
    """`position` is the index in the date as written where the trouble begins."""

    code = "bad-date"
    advice = "Understood are 1939-04-23, 1939-04, 民國廿八年四月廿三日, 光緒三十年正月初一, 甲午."

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class BadNames(UsageError):
    """One line for each row that is wrong."""

    code = "bad-names"
    advice = "Mend these rows and import the list again; nothing was changed."


class InputError(BaoguanError):
    exit_code, code = 10, "input"


class Unreadable(InputError):
    exit_code, code = 10, "unreadable"
    advice = "Check that the file or folder exists and that you may read it, then import it again."


class EmptyFile(InputError):
    exit_code, code = 11, "empty"
    advice = "The file holds no bytes: copy it again from its source."


class UnknownFormat(InputError):
    exit_code, code = 12, "unknown-format"
    advice = "Give TIFF, JPEG, PNG, JPEG 2000 or PDF; the content counts, not the file's name."


class Damaged(InputError):
    exit_code, code = 13, "damaged"
    advice = "The file breaks off or is corrupt: copy it again or scan the page again."


class TooLarge(InputError):
    exit_code, code = 14, "too-large"
    advice = "If the scan is meant to be this large, raise `max_megapixels` in baoguan.toml."


class Encrypted(InputError):
    exit_code, code = 15, "encrypted"
    advice = "Remove the password from the PDF, then import it again."


class Interrupted(BaoguanError):
    exit_code, code = 130, "interrupted"  # 128 + SIGINT, as shells count
    advice = "What was done is kept; the same command goes on from here."


class SomeRejected(BaoguanError):
    exit_code, code = 20, "some-rejected"
    advice = "The other files are in. Mend the files named and import them again."


class ReadingError(BaoguanError):
    exit_code, code = 32, "reading"


class TimedOut(ReadingError):
    exit_code, code = 30, "timed-out"
    advice = "The page is kept without text. Raise `page_seconds` and run `baoguan read` again."


class OutOfMemory(ReadingError):
    exit_code, code = 31, "out-of-memory"
    advice = "The page is kept without text. Raise `page_memory_mb` and run `baoguan read` again."


class ReaderCrashed(ReadingError):
    exit_code, code = 32, "reader-crashed"
    advice = "The page is kept without text. Try BAOGUAN_ENGINE=tesseract baoguan read."


class EngineMissing(ReadingError):
    exit_code, code = 33, "engine-missing"
    advice = "Run `baoguan doctor`: it says what is missing and how to get it."


class SearchError(BaoguanError):
    exit_code, code = 40, "search"


class BadQuery(SearchError):
    """`position` is the index in the query, in characters, where the trouble begins."""

    exit_code, code = 40, "bad-query"
    advice = (
        'Understood are words, "a phrase", AND, OR, NOT, NEAR/5, ?, =, title:, date:, page:, kind:,'
        " person:, place:."
    )

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class IndexStale(SearchError):
    exit_code, code = 41, "index-stale"
    advice = "Run `baoguan index --rebuild`; nothing is lost, the index is made from the archive."


class IndexUnavailable(SearchError):
    exit_code, code = 42, "index-unavailable"
    advice = "Start the server or correct BAOGUAN_INDEX; then run `baoguan index`."


class IndexBusy(SearchError):
    exit_code, code = 43, "index-busy"
    advice = "Another baoguan is writing the index: wait for it to end."


class ArchiveError(BaoguanError):
    exit_code, code = 50, "archive"


class NoArchive(ArchiveError):
    exit_code, code = 50, "no-archive"
    advice = "Make one with `baoguan --archive DIR init`, or name it in BAOGUAN_ARCHIVE."


class ArchiveTooNew(ArchiveError):
    exit_code, code = 51, "archive-too-new"
    advice = "Update baoguan to the version that wrote this archive."


class NotFound(ArchiveError):
    exit_code, code = 52, "not-found"
    advice = "`baoguan status --pages` lists what the archive holds."


class ArchiveBusy(ArchiveError):
    exit_code, code = 53, "archive-busy"
    advice = "Another import or read is at work on this archive: wait for it, or stop it first."


class StoreDamaged(ArchiveError):
    exit_code, code = 54, "store-damaged"
    advice = "Put the file back from a backup; its name in the store is its SHA-256."


class CatalogueUnavailable(ArchiveError):
    exit_code, code = 55, "catalogue-unavailable"
    advice = "Check that the database runs, or that the archive's folder can be written."
