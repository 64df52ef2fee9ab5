"""Runs Elasticsearch servers on loopback for the tests, without a container.

    python -m tests.elasticsearch_server run 8.19.0 9.2.4 -- pytest -m elasticsearch
    python -m tests.elasticsearch_server run 8.19.0            until interrupted

Elastic's official archive `integ-test-zip` comes from Maven Central by `mvn`; it is the real server
with few modules. Each server is fresh, runs as `nobody` where we are root, and ends with the
command, which finds the addresses in BAOGUAN_TEST_ELASTICSEARCH.
Needs Maven, and Java 17 for 8.x or Java 21 for 9.x: found by ES_JAVA_HOME, JAVA_HOME, and below
/usr/lib/jvm.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ADDRESSES = "BAOGUAN_TEST_ELASTICSEARCH"  # of the running servers, separated by spaces
CACHE = Path(__file__).parents[1] / ".cache" / "elasticsearch"
HEAP = os.environ.get("BAOGUAN_TEST_ELASTICSEARCH_HEAP", "512m")
STARTS_WITHIN = 180  # seconds
STOPS_WITHIN = 30

_ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:{version}:zip"
_CONFIGURATION = """\
cluster.name: baoguan-test
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
path.data: {home}/data
path.logs: {home}/logs
cluster.routing.allocation.disk.threshold_enabled: false
"""
_OPEN = "xpack.security.enabled: false\n"
_GUARDED = """\
xpack.security.enabled: true
xpack.security.enrollment.enabled: false
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.key: server.key
xpack.security.http.ssl.certificate: server.pem
"""


class Server:
    """One node; `stop` ends it in order, `kill` as a crash would, `start` brings back its data.

    A `guarded` one speaks TLS only, by a certificate in `ca`, and with those who know `login`.
    """

    def __init__(self, version: str, home: Path, *, guarded: bool = False) -> None:
        self._version = version
        self._guarded = guarded
        self.login = "archivist", "a-password-for-tests"
        self._home = home
        self._port, self._transport = _free_ports()
        self._process: subprocess.Popen[bytes] | None = None
        self._program = _unpacked(version, home)
        self._log = home / "console.log"
        if guarded:
            self._certify()
            self._make_known()

    @property
    def url(self) -> str:
        return f"{'https' if self._guarded else 'http'}://127.0.0.1:{self._port}"

    @property
    def ca(self) -> Path:
        return self._program / "config" / "server.pem"

    def _certify(self) -> None:
        """A certificate that vouches for itself."""
        config = self._program / "config"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
                *("-keyout", config / "server.key", "-out", config / "server.pem"),
            ],
            check=True,
            capture_output=True,
        )

    def _make_known(self) -> None:
        user, password = self.login
        subprocess.run(
            [
                *(self._program / "bin" / "elasticsearch-users", "useradd", user),
                *("-p", password, "-r", "superuser"),
            ],
            env=os.environ | {"ES_JAVA_HOME": str(self._java)},
            check=True,
            capture_output=True,
        )

    @property
    def _java(self) -> Path:
        return _java(21 if int(self._version.split(".")[0]) >= 9 else 17)

    def start(self) -> None:
        (self._program / "config" / "elasticsearch.yml").write_text(
            _CONFIGURATION.format(port=self._port, transport=self._transport, home=self._home)
            + (_GUARDED if self._guarded else _OPEN)
        )
        (self._home / "tmp").mkdir(exist_ok=True)
        nobody = _hand_to_nobody(self._home)
        environment = os.environ | {
            "ES_JAVA_HOME": str(self._java),
            "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
            "ES_TMPDIR": str(self._home / "tmp"),
            "HOME": str(self._home),
        }
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [self._program / "bin" / "elasticsearch"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                cwd=self._home,
                start_new_session=True,
                user=nobody,
                group=nobody,
                extra_groups=[] if nobody is not None else None,
            )
        self._wait()

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _wait(self) -> None:
        health = urllib.request.Request(
            f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s",
            headers={
                "Authorization": "Basic " + base64.b64encode(":".join(self.login).encode()).decode()
            },
        )
        trusted = ssl.create_default_context(cafile=self.ca) if self._guarded else None
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and self._process and self._process.poll() is None:
            try:
                with urllib.request.urlopen(health, timeout=5, context=trusted) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.5)
        self.kill()
        sys.exit(f"Elasticsearch {self._version} did not start:\n{self._log.read_text()[-3000:]}")

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, how)
            self._process.wait(STOPS_WITHIN)
        except ProcessLookupError:
            self._process.wait()
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None


@contextmanager
def running(version: str, *, guarded: bool = False) -> Iterator[Server]:
    """A fresh server, gone with its data at the end."""
    home = Path(tempfile.mkdtemp(prefix=f"elasticsearch-{version}-"))
    try:
        server = Server(version, home, guarded=guarded)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] != "run":
        print(__doc__)
        return 2
    versions, command = _split(arguments[1:])
    with ExitStack() as stack:
        urls = " ".join(stack.enter_context(running(version)).url for version in versions)
        print(f"{ADDRESSES}={urls!r}", flush=True)
        if command:
            return subprocess.run(command, env=os.environ | {ADDRESSES: urls}).returncode
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("stopping", flush=True)
    return 0


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The versions, and the command after `--`."""
    if "--" not in arguments:
        return arguments, []
    place = arguments.index("--")
    return arguments[:place], arguments[place + 1 :]


def _unpacked(version: str, home: Path) -> Path:
    """The program, unpacked below `home`."""
    archive = CACHE / f"elasticsearch-{version}.zip"
    if not archive.exists():
        _fetch(version, archive)
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(home)
    program = home / f"elasticsearch-{version}"
    for script in (program / "bin").iterdir():
        script.chmod(0o755)
    return program


def _fetch(version: str, archive: Path) -> None:
    mvn = shutil.which("mvn")
    if mvn is None:
        sys.exit("Maven (mvn) is needed to fetch Elasticsearch.")
    archive.parent.mkdir(parents=True, exist_ok=True)
    artifact = _ARTIFACT.format(version=version)
    get = [mvn, "-q", "-B", "dependency:get", "-Dtransitive=false", f"-Dartifact={artifact}"]
    copy = [
        mvn, "-q", "-B", "dependency:copy", f"-Dartifact={artifact}",
        f"-DoutputDirectory={archive.parent}", "-Dmdep.useBaseVersion=true",
    ]  # fmt: skip
    for command in (get, copy):
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def _java(least: int) -> Path:
    """The home of a Java of version `least` or later."""
    named = [os.environ[name] for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    for home in [*map(Path, named), *sorted(Path("/usr/lib/jvm").glob("*"))]:
        if (home / "bin" / "java").exists() and _java_version(home) >= least:
            return home
    sys.exit(f"Java {least} or later is needed; name its folder in ES_JAVA_HOME.")


def _java_version(home: Path) -> int:
    told = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True)
    found = re.search(r'version "(\d+)', told.stderr + told.stdout)
    return int(found.group(1)) if found else 0


def _hand_to_nobody(home: Path) -> int | None:
    """The user to run as: Elasticsearch refuses root. None where we are not root."""
    if os.geteuid() != 0:
        return None
    subprocess.run(["chown", "-R", "nobody", home], check=True)
    return int(subprocess.run(["id", "-u", "nobody"], capture_output=True, check=True).stdout)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
