"""The archivist's pages: import and status. Streamlit's widgets are used here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from baoguan.errors import BaoguanError
from baoguan.ui.imports import Import, import_folder, import_uploads, last_import
from baoguan.ui.stage import visit
from baoguan.ui.views import console
from baoguan.ui.visit import Visit

POLL_SECONDS = 1.0


def show_import() -> None:
    here = visit()
    st.html(console.opening(here, "import", here.t("Import scans")))
    with st.container(key="console"):
        _from_folder(here)
        _from_uploads(here)
    run = last_import()
    if run:
        _follow(here, run)
    catalogue = here.house.archive.catalogue
    st.html(console.journal(here, catalogue.batches(), catalogue.files(None, "rejected")))
    st.html(console.closing(here))


def show_status() -> None:
    here = visit()
    archive = here.house.archive
    st.html(console.opening(here, "status", here.t("Status")))
    settings = archive.settings
    engine = f"{settings.engine}, {settings.quality}"
    st.html(console.status(here, archive.catalogue.scans("failed"), engine))
    st.html(console.closing(here))


def _from_folder(here: Visit) -> None:
    with st.form("folder", border=False):
        folder = st.text_input(
            here.t("A folder or file on the server"), placeholder="/scans/1939", key="folder"
        )
        asked = st.form_submit_button(here.t("Import"), type="primary")
    if asked and folder.strip():
        _begin(here, lambda: import_folder(_archive(here), Path(folder.strip()).expanduser()))


def _from_uploads(here: Visit) -> None:
    with st.form("uploads", border=False, clear_on_submit=True):
        files = st.file_uploader(
            here.t("Or a few files from this computer: TIFF, JPEG, PNG, JPEG 2000, PDF"),
            accept_multiple_files=True,
            key="uploads",
        )
        asked = st.form_submit_button(here.t("Upload and import"))
    if asked and files:
        named = [(file.name, file.getvalue()) for file in files]
        _begin(here, lambda: import_uploads(_archive(here), named))


def _archive(here: Visit) -> Path:
    return here.house.archive.settings.archive.absolute()


def _begin(here: Visit, start: Callable[[], Import]) -> None:
    try:
        start()
    except BaoguanError as error:
        st.html(console.refused(here, error))


def _follow(here: Visit, run: Import) -> None:
    """The running import, looked at every second; when it has ended, the page is told anew."""

    @st.fragment(run_every=POLL_SECONDS if run.running else None)
    def progress() -> None:
        if not run.running:
            st.html(console.ended(here, run))
            if st.session_state.pop("following", False):
                st.rerun()
            return
        st.session_state["following"] = True
        catalogue = here.house.archive.catalogue
        batch = next(iter(catalogue.batches(1)), None)
        st.html(console.under_way(here, run, batch, catalogue.counts()))

    progress()
