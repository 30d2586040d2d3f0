"""Taking the network away from a process that reads strangers' models, as far as the platform allows."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind")


def leave_network() -> str:
    """Call before any thread starts. `none`: no interface is left; `refused`: Python's own calls are refused."""
    sys.addaudithook(_refuse)
    return "none" if _unshare() else "refused"


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _CALLS:
        raise PermissionError("the engine process has no network")


def _unshare() -> bool:
    """An empty network namespace, where the kernel lets us make one."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    flags = _NEW_NETWORK if os.geteuid() == 0 else _NEW_USER | _NEW_NETWORK
    return bool(libc.unshare(flags) == 0)
