"""The command line: it parses, calls a plain function, and prints. Heavy parts load when needed.

Each module adds its commands to the app of `shell`; the order here is that of `--help`.
"""

from baoguan.cli import archiving, searching, lists, publishing, measuring  # noqa: F401, I001
from baoguan.cli.shell import app, main

__all__ = ["app", "main"]
