"""From the pixels of a scan to Pages: regions, lines, characters, articles, pictures."""

from baoguan.ocr.reader import Options, Progress, read_scan

__all__ = ["Options", "Progress", "read_scan"]
