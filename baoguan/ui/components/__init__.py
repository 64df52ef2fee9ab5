"""Components of our own: plain JavaScript and CSS, no build step."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from baoguan import __version__
from baoguan.ui import links
from baoguan.ui.shell import version

PACKAGE = "baoguan"


def reader(data: dict[str, Any]) -> None:
    """The reading room: hits, scan and transcript."""
    openseadragon = links.asset("openseadragon/openseadragon.min.js", version())
    _reader()(key="reader", data={**data, "openseadragon": openseadragon}, height="content")


@cache
def _reader() -> Any:
    """Files, not strings: then the content security policy needs no exception for scripts.

    Streamlit finds such files by a manifest in the installed package's pyproject.toml, which a
    checkout lacks; so we hand it the manifest.
    """
    manifest = ComponentManifest(PACKAGE, __version__, [ComponentConfig("reader", "reader")])
    get_bidi_component_manager().register_from_manifest(manifest, Path(__file__).parent)
    return st.components.v2.component(
        f"{PACKAGE}.reader", js="reader.js", css="reader.css", isolate_styles=False
    )
