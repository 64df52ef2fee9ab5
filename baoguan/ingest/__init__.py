"""From files and folders to frames of pixels: finding, naming, checking and decoding scans."""

from baoguan.ingest.decode import decode, turned
from baoguan.ingest.discover import Found, discover
from baoguan.ingest.inspection import Inspection, Limits, inspect
from baoguan.ingest.names import Named, named

__all__ = [
    "Found",
    "Inspection",
    "Limits",
    "Named",
    "decode",
    "discover",
    "inspect",
    "named",
    "turned",
]
