"""The product's own ASGI application, with a translator of fixed strings instead of engines.

Everything else is the real path: devices, standing, strict decoding, rate, the log's transaction, wanted
renderings, feeds, acknowledgements, the Redis bus.
"""

from __future__ import annotations

import threading

from hemicycle.asgi import application
from live.runtime import when_started
from tests.bench.fixed_translator import translate_for_ever

when_started(lambda: threading.Thread(target=translate_for_ever, daemon=True).start())

__all__ = ["application"]
