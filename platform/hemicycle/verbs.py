"""Every verb of the command line, from every package that has one."""

from __future__ import annotations

import argparse
from typing import Any

Subparsers = Any


def add_to(subparsers: Subparsers) -> None:
    """Give each package's verbs to the parser."""
    serve = subparsers.add_parser("serve", help="serve pages and sockets on 127.0.0.1")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    serve.set_defaults(handler=_serve)


def _serve(arguments: argparse.Namespace) -> int:
    from hemicycle.server import serve

    return serve(arguments.port)
