"""The archivist's page of saved searches, with Streamlit's widgets."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from baoguan.errors import BaoguanError, SearchError
from baoguan.model import SavedSearch
from baoguan.pipeline import count_new, look, save_search
from baoguan.ui.routes.hits import address_of
from baoguan.ui.stage import visit
from baoguan.ui.views import console, saved
from baoguan.ui.visit import Visit


def show_saved() -> None:
    here = visit()
    st.html(console.opening(here, "saved", here.t("Saved searches")))
    st.html(saved.about(here))
    with st.container(key="console"):
        _offer(here)
        _undo(here)
        searches = here.house.archive.catalogue.saved_searches()
        if not searches:
            st.html(saved.nothing(here))
        for search in searches:
            _one(here, search)
    st.html(console.closing(here))


def _offer(here: Visit) -> None:
    """A form, with the search that the address asks for where it asks for one."""
    filters = {k: v for k, v in here.params.items() if k not in ("lang", "n", "q", "saved") and v}
    with st.form("save", border=False, clear_on_submit=True):
        query = st.text_input(here.t("What to search for"), value=here.param("q"), key="query")
        name = st.text_input(here.t("What to call it"), key="name")
        wanted = st.form_submit_button(here.t("Save this search"), type="primary")
    if wanted and query.strip():
        try:
            save_search(here.house.archive, name, query.strip(), filters)
        except BaoguanError as error:
            st.html(saved.refused(here, error))
            return
        _forget_address()
        st.rerun()


def _undo(here: Visit) -> None:
    """What was removed last can be put back."""
    gone: SavedSearch | None = st.session_state.get("removed")
    if gone is None:
        return
    st.html(saved.removed(here, gone))
    if st.button(here.t("Put it back"), key="put back"):
        here.house.archive.catalogue.put_saved_search(gone)
        del st.session_state["removed"]
        st.rerun()


def _one(here: Visit, search: SavedSearch) -> None:
    archive = here.house.archive
    st.html(saved.row(here, search, _new(here, search)))
    with st.container(horizontal=True, key=f"do-{search.id}"):
        if st.button(here.t("Look now"), key=f"look-{search.id}"):
            look(archive, search)
            st.switch_page("pages/search.py", query_params={**_address(here, search)})
        if st.button(here.t("Remove"), key=f"remove-{search.id}"):
            archive.catalogue.remove_saved_search(search.id)
            st.session_state["removed"] = search
            st.rerun()


def _new(here: Visit, search: SavedSearch) -> int | None:
    try:
        return count_new(here.house.archive, search)
    except SearchError:
        return None


def _address(here: Visit, search: SavedSearch) -> Mapping[str, str]:
    return {"lang": here.lang, **address_of(search)}


def _forget_address() -> None:
    for name in list(st.query_params):
        if name != "lang":
            del st.query_params[name]
