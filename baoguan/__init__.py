"""报馆: from scans of newspapers to a searchable archive, and from the archive to exhibits."""

__version__ = "0.1.0"
