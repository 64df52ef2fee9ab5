"""A GET to an ASGI application, without a server."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


def get(app: ASGIApp, address: str, **headers: str) -> Answer:
    """In a thread of its own: this one may have a loop running already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _get(app, address, headers)).result()


async def _get(app: ASGIApp, address: str, headers: dict[str, str]) -> Answer:
    parts = urlsplit(address)
    said: list[Message] = []
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [(b"host", b"museum.test"), *sent],
        "client": ("127.0.0.1", 1),
        "server": ("museum.test", 80),
    }

    asked: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not asked:
            await asyncio.Event().wait()  # a client that stays
        return asked.pop()

    async def send(message: Message) -> None:
        said.append(message)

    await app(scope, receive, send)
    start = next(m for m in said if m["type"] == "http.response.start")
    body = b"".join(m.get("body", b"") for m in said if m["type"] == "http.response.body")
    return Answer(
        start["status"], {k.decode().lower(): v.decode() for k, v in start["headers"]}, body
    )
