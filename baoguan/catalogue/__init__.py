"""What we hold: titles, issues, scans, pages, articles, pictures, exhibits, the imports' journal.

SQLite with a write-ahead log by default, PostgreSQL by URL. Each public method is one transaction.
A scan goes `stored → read → indexed`, or `failed` with a reason; a file of a batch ends as
`stored`, `duplicate` or `rejected`.
"""

from baoguan.catalogue.catalogue import Catalogue
from baoguan.catalogue.entries import (
    BatchEntry,
    Counts,
    FileEntry,
    PageEntry,
    PictureEntry,
    ScanState,
)

__all__ = [
    "BatchEntry",
    "Catalogue",
    "Counts",
    "FileEntry",
    "PageEntry",
    "PictureEntry",
    "ScanState",
]
