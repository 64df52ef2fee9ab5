"""Stands between a client and a server, and fails as servers and networks do."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls one request, in this order: it waits, and is cut off or refused.

    With `done` the server does what is asked, and only its answer is lost.
    """

    seconds: float = 0.0
    status: int = 0  # 0 is no refusal
    cut: bool = False
    done: bool = False


Rule = Callable[[str], Fault | None]  # by "METHOD /path"


class Proxy:
    """`rule` may be changed at any time; `met` counts the faults that there were."""

    def __init__(self, server: str) -> None:
        self.target = urlsplit(server).netloc
        self.rule: Rule = lambda _: None
        self.met = 0
        self.url = ""

    def fail(self, request: str, fault: Fault, times: int) -> None:
        """The next `times` requests that begin so meet `fault`, all others pass."""
        left = times

        def rule(asked: str) -> Fault | None:
            nonlocal left
            if not asked.startswith(request) or left <= 0:
                return None
            left -= 1
            return fault

        self.rule = rule


@contextmanager
def faulty(server: str) -> Iterator[Proxy]:
    """A proxy before `server`, which at first lets everything pass."""
    proxy = Proxy(server)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def relay(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            fault = proxy.rule(f"{self.command} {self.path}") or Fault()
            proxy.met += fault != Fault()
            time.sleep(fault.seconds)
            if fault.cut:
                if fault.done:
                    self.asked(content)
                self.close_connection = True
                self.connection.close()
            elif fault.status:
                body = json.dumps({"error": "made up", "status": fault.status}).encode()
                self.give(fault.status, "application/json", body)
            else:
                self.give(*self.asked(content))

        def asked(self, content: bytes) -> tuple[int, str, bytes]:
            connection = http.client.HTTPConnection(proxy.target, timeout=60)
            connection.request(self.command, self.path, content, dict(self.headers))
            answer = connection.getresponse()
            told = answer.status, answer.headers["Content-Type"] or "", answer.read()
            connection.close()
            return told

        def give(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = relay  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    relaying = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    relaying.handle_error = lambda *_: None  # type: ignore[method-assign]
    proxy.url = f"http://127.0.0.1:{relaying.server_port}"
    threading.Thread(target=relaying.serve_forever, daemon=True).start()
    try:
        yield proxy
    finally:
        relaying.shutdown()
        relaying.server_close()
