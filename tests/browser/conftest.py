"""The samples served as a visitor meets them, and a Chromium that notes every complaint."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from baoguan.settings import Settings
from tests.browser.truth import truth_archive

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60
KNOWN = ("Ignoring tile",)  # OpenSeadragon, when a page is turned while tiles are on their way
WIDE, PHONE = (1920, 1080), (390, 844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        reason = "no Chromium: install it, or name it in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def archive(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return truth_archive(samples, tmp_path_factory.mktemp("truth"))


@pytest.fixture(scope="session")
def research(archive: Settings) -> Iterator[str]:
    with served(archive, "research") as address:
        yield address


@pytest.fixture(scope="session")
def kiosk(archive: Settings) -> Iterator[str]:
    with served(archive, "kiosk") as address:
        yield address


@contextmanager
def served(archive: Settings, role: str) -> Iterator[str]:
    """The address of a server of its own process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "baoguan.ui", "--archive", str(archive.archive)]
    server = subprocess.Popen([*command, "--role", role, "--port", str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/health", server)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"{address} does not answer")


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a window; afterwards nothing may have been complained of, nor asked of other hosts."""
    contexts = []
    complaints: list[str] = []

    def open_window(size: tuple[int, int] = WIDE) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            has_touch=size == PHONE,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(complaints, message))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("request", lambda request: _note_host(complaints, request.url))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], message: ConsoleMessage) -> None:
    if message.type in ("error", "warning") and not message.text.startswith(KNOWN):
        complaints.append(f"{message.type}: {message.text} {message.location}")


def _note_host(complaints: list[str], url: str) -> None:
    if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
        complaints.append(f"another host: {url}")
