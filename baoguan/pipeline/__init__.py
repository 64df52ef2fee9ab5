"""From files to an archive that can be searched: store, read, index. The only composer of parts.

Every step may be killed at any moment and done again: a file is known by its hash, a scan by its
state, and the index is fed from the catalogue's outbox.
"""

from baoguan.pipeline.exporting import FORMS, export
from baoguan.pipeline.gathering import gather_passages
from baoguan.pipeline.hits import hit_rows
from baoguan.pipeline.importing import Hints, ImportReport, store_files
from baoguan.pipeline.indexing import IndexReport, index_pages
from baoguan.pipeline.naming import NamesReport, put_names
from baoguan.pipeline.news import count_new, latest, look, new_since, save_search
from baoguan.pipeline.reading import ReadReport, pyramid_of, pyramid_path, read_scans
from baoguan.pipeline.reports import Progress, Rejected, silent

__all__ = [
    "FORMS",
    "Hints",
    "ImportReport",
    "IndexReport",
    "NamesReport",
    "Progress",
    "ReadReport",
    "Rejected",
    "count_new",
    "export",
    "gather_passages",
    "hit_rows",
    "index_pages",
    "latest",
    "look",
    "new_since",
    "put_names",
    "pyramid_of",
    "pyramid_path",
    "read_scans",
    "save_search",
    "silent",
    "store_files",
]
