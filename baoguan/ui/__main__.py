"""python -m baoguan.ui --archive DIR --role research|kiosk|console --port N [--host ADDRESS]"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import uvicorn

from baoguan.errors import BaoguanError
from baoguan.settings import load_settings
from baoguan.ui.app import create_app
from baoguan.ui.house import Role


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        app = create_app(load_settings(asked.archive), Role(asked.role))
    except BaoguanError as error:
        print(f"{error}\n{error.advice}", file=sys.stderr)
        return error.exit_code
    uvicorn.run(app, host=asked.host, port=asked.port, log_level="warning", server_header=False)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="baoguan.ui", description="Serve an archive's pages.")
    parser.add_argument("--archive", type=Path, help="the archive's folder")
    parser.add_argument("--role", choices=[str(role) for role in Role], default="research")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8501)
    return parser


if __name__ == "__main__":
    sys.exit(main())
