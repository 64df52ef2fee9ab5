"""Streamlit's settings, said in code so that they hold from any working directory.

`postScriptGC` costs about 50 ms of every answer. Its environment variable is not heeded under
uvicorn; `set_option` is.
"""

from __future__ import annotations

from streamlit import config

PAPER, INK, SECONDARY, HAIRLINE, RED = "#f5f0e4", "#1b1916", "#5a5347", "#b9ae98", "#a8261c"
SONG = '"Noto Serif CJK SC", "Songti SC", "Baoguan Song SC", serif'

OPTIONS: dict[str, object] = {
    "runner.postScriptGC": False,
    "runner.fastReruns": True,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "client.showSidebarNavigation": False,
    "browser.gatherUsageStats": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.enableStaticServing": False,
    "server.maxUploadSize": 200,
    "logger.enableRich": False,
    "theme.base": "light",
    "theme.primaryColor": RED,
    "theme.backgroundColor": PAPER,
    "theme.secondaryBackgroundColor": "#ece5d3",
    "theme.textColor": INK,
    "theme.linkColor": RED,
    "theme.borderColor": HAIRLINE,
    "theme.baseRadius": "none",
    "theme.buttonRadius": "none",
    "theme.font": SONG,
    "theme.headingFont": SONG,
}


def configure() -> None:
    for name, value in OPTIONS.items():
        config.set_option(name, value)
