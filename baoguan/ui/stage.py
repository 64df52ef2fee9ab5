"""From a visit to the screen: what Streamlit pages call."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from baoguan.errors import BaoguanError, NotFound, SearchError
from baoguan.ui import components
from baoguan.ui.house import house
from baoguan.ui.language import choose, language
from baoguan.ui.markup import Html
from baoguan.ui.views import reader, states
from baoguan.ui.visit import Visit

log = logging.getLogger(__name__)


def visit() -> Visit:
    """The visit that Streamlit runs this script for."""
    here = house()
    accepted = st.context.headers.get("Accept-Language", "")
    code = choose(st.query_params.get("lang"), accepted, here.archive.settings.language)
    return Visit(here, language(code), st.query_params.to_dict())


def show(view: Callable[[Visit], Html]) -> None:
    """A page that is nothing but our HTML."""
    here = visit()
    try:
        page = view(here)
    except BaoguanError as error:
        page = explain(here, error)
    st.html(page)


def show_reader() -> None:
    """The reading room: a bar of ours above the component."""
    here = visit()
    try:
        entry = here.house.entry(here.param("page"))
        told = reader.data(here, entry)
    except BaoguanError as error:
        st.html(explain(here, error))
        return
    st.html(reader.top_bar(here, entry))
    components.reader(told)


def explain(here: Visit, error: BaoguanError) -> Html:
    """The designed page that says why there is nothing to show."""
    match error:
        case NotFound():
            return states.not_found(here)
        case SearchError():
            log.warning("search is not possible: %s", error)
            return states.no_index(here, error)
        case _:
            log.error("a page failed: %s", error)
            return states.failed(here, error.code)


def broke_down(error: Exception) -> bool:
    """Streamlit calls this for what nobody foresaw; the visitor sees a designed page."""
    log.error("a page broke down", exc_info=error)
    st.html(states.failed(visit(), type(error).__name__))
    return True
