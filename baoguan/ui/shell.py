"""The page that the browser loads first: Streamlit's, in our language and with our style sheet.

Streamlit's own says `lang="en"`, for which Debian draws Chinese in Japanese forms; it also holds an
inline script, which would need an exception in the content security policy.
"""

from __future__ import annotations

import hashlib
import html
import re
from functools import cache
from pathlib import Path

import streamlit

from baoguan.ui import links

ASSETS = Path(__file__).parent / "assets"
_STREAMLIT = Path(streamlit.__file__).parent / "static" / "index.html"
_UNWANTED = (
    r"<!--.*?-->",
    r"<script>.*?</script>",
    r"<noscript>.*?</noscript>",
    r'<link\s+rel="preload"[^>]*SourceSans[^>]*>',
    r'<link rel="service-desc"[^>]*>',
    r'<link rel="shortcut icon"[^>]*>',
    r"<title>.*?</title>",
    r'<meta\s+name="viewport"[^>]*>',
)
NEEDS_SCRIPT = {
    "zh-Hans": "本站需要浏览器启用 JavaScript。",
    "zh-Hant": "本站需要瀏覽器啟用 JavaScript。",
    "en": "Please turn on JavaScript in your browser to read these pages.",
}


@cache
def version() -> str:
    """Changes when a file among our assets does, so that browsers may keep them for long."""
    digest = hashlib.sha256()
    for file in sorted(path for path in ASSETS.rglob("*") if path.is_file()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def head() -> str:
    """What every page of ours begins with."""
    return (
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="{links.asset("favicon.svg", version())}" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{links.asset("fonts/fonts.css", version())}">'
        f'<link rel="stylesheet" href="{links.asset("site.css", version())}">'
    )


@cache
def shell(lang: str, role: str) -> str:
    """Streamlit's first page made ours."""
    page = _STREAMLIT.read_text("utf-8")
    for pattern in _UNWANTED:
        page = re.sub(pattern, "", page, flags=re.DOTALL)
    page = page.replace('="./', '="/')
    page = page.replace('<html lang="en">', f'<html lang="{lang}" data-role="{role}">')
    script = f'<script src="{links.asset("site.js", version())}"></script>'
    page = page.replace(
        '<meta charset="UTF-8" />', f'<meta charset="UTF-8"><title>报馆</title>{head()}{script}'
    )
    note = f"<noscript><p>{html.escape(NEEDS_SCRIPT[lang])}</p></noscript>"
    return page.replace('<div id="root">', f'{note}<div id="root">')
