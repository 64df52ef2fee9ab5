"""A new list of names, and the index after it: only pages that say one of them are made again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baoguan.archive import Archive
from baoguan.errors import IndexStale, IndexUnavailable
from baoguan.model import Name, page_of
from baoguan.search import Filters, any_of, surfaces

NAMES_AT_ONCE = 100  # in one question to the index


@dataclass(frozen=True, slots=True)
class NamesReport:
    """What differs from the list before, and how many pages wait to be indexed for it."""

    added: int
    changed: int
    removed: int
    pages: int


def put_names(archive: Archive, names: Sequence[Name]) -> NamesReport:
    """Puts `names` in the place of the archive's list; `index_pages` then brings the index up.

    Where the index cannot say which pages hold the names, all pages wait. Call while the archive is
    locked.
    """
    old = {(name.name, name.kind): name for name in archive.catalogue.names()}
    new = {(name.name, name.kind): name for name in names}
    every = old.keys() | new.keys()
    differing = {key for key in every if _tags(old.get(key)) != _tags(new.get(key))}
    concerned = [held[key] for held in (old, new) for key in sorted(differing) if key in held]
    pages = _pages_that_say(archive, concerned)
    archive.catalogue.put_names(new.values(), pages)
    return NamesReport(
        added=len(new.keys() - old.keys()),
        changed=len(differing & old.keys() & new.keys()),
        removed=len(old.keys() - new.keys()),
        pages=len(pages),
    )


def _tags(name: Name | None) -> tuple[object, ...] | None:
    """What of a name the index knows: a note changes nothing."""
    return (name.kind, name.name, surfaces(name)) if name else None


def _pages_that_say(archive: Archive, names: Iterable[Name]) -> set[str]:
    written = list(dict.fromkeys(surface for name in names for surface in surfaces(name)))
    try:
        return {
            page_of(id_)
            for start in range(0, len(written), NAMES_AT_ONCE)
            for id_ in archive.index.search(
                any_of(written[start : start + NAMES_AT_ONCE]), Filters(closed=True), limit=0
            ).ids
        }
    except (IndexStale, IndexUnavailable):
        return set(archive.catalogue.page_revisions()) if written else set()
