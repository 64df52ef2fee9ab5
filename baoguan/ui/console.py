"""The archivist's pages: import and status. Streamlit's widgets are used here and nowhere else."""

from __future__ import annotations


def show_import() -> None: ...


def show_status() -> None: ...
