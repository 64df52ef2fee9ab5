"""The script that Streamlit runs for every visit: choose the page, and let it speak."""

from pathlib import Path

import streamlit as st

from baoguan.ui.app import PAGES
from baoguan.ui.house import house

FOLDER = Path(__file__).parent / "pages"
ENTRANCE = "entrance"

st.set_page_config(page_title="报馆", layout="wide", initial_sidebar_state="collapsed")
st.navigation(
    [
        st.Page(
            FOLDER / f"{name or ENTRANCE}.py",
            title=name or ENTRANCE,
            url_path=name,
            default=not name,
        )
        for name in PAGES[house().role]
    ],
    position="hidden",
).run()
