"""The archivist's tables: an import's progress and result, and the state of the house."""

from __future__ import annotations

from collections.abc import Iterable

from baoguan.catalogue import BatchEntry, Counts, FileEntry, ScanState
from baoguan.errors import BaoguanError
from baoguan.ui.imports import Import
from baoguan.ui.markup import Child, Html, el, join
from baoguan.ui.views.frame import foot, masthead
from baoguan.ui.visit import Visit

FILES_SHOWN = 200
STEPS = ("stored", "read", "indexed", "failed")


def opening(visit: Visit, name: str, title: str) -> Html:
    """The head of a page whose middle holds Streamlit's widgets."""
    return el(
        "div",
        masthead(visit, name),
        el("h1", title),
        class_="bg part console",
        data_lang=visit.lang,
        data_title=title,
    )


def closing(visit: Visit) -> Html:
    return el("div", foot(visit), class_="bg part")


def part(*children: Child) -> Html:
    return el("div", *children, class_="bg part console")


def refused(visit: Visit, error: BaoguanError) -> Html:
    return part(el("p", visit.t("The import did not begin:"), " ", str(error), class_="bad"))


def under_way(visit: Visit, run: Import, batch: BatchEntry | None, counts: Counts) -> Html:
    """What the running import has done so far."""
    return part(
        el("h2", visit.t("Import under way")),
        el("p", run.source, class_="meta"),
        _figures(
            (
                (visit.t("Files seen"), batch.seen if batch and not batch.ended else 0),
                (visit.t("Scans waiting to be read"), counts.scans_by_state.get("stored", 0)),
                (visit.t("Scans read"), _done(counts)),
                (visit.t("Pages waiting for the index"), counts.waiting_for_index),
            )
        ),
    )


def _done(counts: Counts) -> int:
    return counts.scans_by_state.get("read", 0) + counts.scans_by_state.get("indexed", 0)


def ended(visit: Visit, run: Import) -> Html:
    """How the import ended, with every file that was not taken in and its reason."""
    result = run.result()
    if result is None:
        return part(
            el("h2", visit.t("The import broke off"), class_="bad"),
            el("p", run.complaint()),
            el("p", visit.t("What was done is kept; import the same files again to go on.")),
        )
    rejected = [*result["rejected"], *result["failed"]]
    return part(
        el("h2", visit.t("Import ended")),
        el("p", run.source, class_="meta"),
        _figures(
            (
                (visit.t("Files seen"), result["seen"]),
                (visit.t("Taken in"), result["stored"]),
                (visit.t("Held already"), result["duplicate"]),
                (visit.t("Rejected"), len(result["rejected"])),
            )
        ),
        _table(
            (visit.t("File"), visit.t("Code"), visit.t("Reason and next step")),
            [_row(r) for r in rejected],
        )
        if rejected
        else None,
        _table(
            (visit.t("File"), visit.t("Its name does not tell")),
            [(u["path"], u["missing"]) for u in result["unknown"]],
        )
        if result["unknown"]
        else None,
    )


def _row(rejected: dict[str, str]) -> tuple[str, str, str]:
    reason = " ".join(filter(None, (rejected.get("reason", ""), rejected.get("advice", ""))))
    return rejected.get("path", ""), rejected.get("code", ""), reason


def journal(visit: Visit, batches: tuple[BatchEntry, ...], files: tuple[FileEntry, ...]) -> Html:
    """The latest imports, and the files they turned away."""
    if not batches:
        return part(el("p", visit.t("Nothing has been imported yet.")))
    heads = (
        visit.t("Import"),
        visit.t("Begun"),
        visit.t("Ended"),
        visit.t("Files seen"),
        visit.t("Taken in"),
        visit.t("Held already"),
        visit.t("Rejected"),
    )
    rows = [
        (
            str(b.id),
            f"{b.started:%Y-%m-%d %H:%M}",
            f"{b.ended:%Y-%m-%d %H:%M}" if b.ended else visit.t("broke off or under way"),
            b.seen,
            b.stored,
            b.duplicate,
            b.rejected,
        )
        for b in batches
    ]
    return part(
        el("h2", visit.t("Imports")),
        _table(heads, rows),
        join(
            el("h2", visit.t("Rejected files")),
            _table(
                (visit.t("File"), visit.t("Code"), visit.t("Reason and next step")),
                [(f.path, f.code, f.reason) for f in files[-FILES_SHOWN:][::-1]],
            ),
        )
        if files
        else None,
    )


def status(visit: Visit, failed: tuple[ScanState, ...], engine: str) -> Html:
    """What the archive holds, what waits, and what failed with its reason."""
    counts = visit.shelf.counts
    names = {
        "stored": visit.t("Scans waiting to be read"),
        "read": visit.t("Scans read, not yet searchable"),
        "indexed": visit.t("Scans searchable"),
        "failed": visit.t("Scans that failed"),
    }
    return part(
        _figures(
            (
                (visit.t("Titles"), counts.titles),
                (visit.t("Issues"), counts.issues),
                (visit.t("Pages"), counts.pages),
                (visit.t("Articles"), counts.articles),
                (visit.t("Pictures found"), counts.pictures),
                (visit.t("Characters"), counts.characters),
            )
        ),
        el("h2", visit.t("Scans")),
        _figures(
            [(names[step], counts.scans_by_state.get(step, 0)) for step in STEPS]
            + [(visit.t("Pages waiting for the index"), counts.waiting_for_index)]
        ),
        el("p", visit.t("Reading engine: {engine}", engine=engine), class_="meta"),
        join(
            el("h2", visit.t("Scans that failed"), class_="bad"),
            _table(
                (visit.t("Scan"), visit.t("Code"), visit.t("Reason and next step")),
                [(_scan_name(visit, s), s.code, s.reason) for s in failed[:FILES_SHOWN]],
            ),
        )
        if failed
        else el("p", visit.t("No scan has failed.")),
        _turned(visit),
    )


def _turned(visit: Visit) -> Html | None:
    """Pages whose print did not stand upright, for a person to look at."""
    turned = [entry for entry in visit.shelf.pages.values() if entry.turn]
    if not turned:
        return None
    return join(
        el("h2", visit.t("Pages that were turned")),
        el("p", visit.t("These scans lay on their side or on their head.")),
        _table(
            (visit.t("Page"), visit.t("Turned clockwise by")),
            [
                (el("a", entry.id, href=visit.link("reader", page=entry.id)), f"{entry.turn}°")
                for entry in turned[:FILES_SHOWN]
            ],
        ),
    )


def _scan_name(visit: Visit, state: ScanState) -> str:
    pages = "+".join(map(str, state.scan.numbers))
    return f"{state.scan.issue} {visit.t('page {n}', n=pages)}" if pages else state.scan.issue


def _figures(pairs: Iterable[tuple[str, int]]) -> Html:
    return el(
        "dl",
        [el("div", el("dt", label), el("dd", f"{number:,}")) for label, number in pairs],
        class_="figures",
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Html:
    return el(
        "table",
        el("thead", el("tr", [el("th", head, scope="col") for head in heads])),
        el("tbody", [el("tr", [_cell(value) for value in row]) for row in rows]),
    )


def _cell(value: object) -> Html:
    return el("td", str(value), class_="figure" if isinstance(value, int) else None)
