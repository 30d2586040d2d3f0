"""The ASGI application: pages by Django, sockets by `live`, both behind the same origin rule."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.settings")

from django.core.asgi import get_asgi_application

pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter

from hemicycle.realtime import sockets

application = ProtocolTypeRouter({"http": pages, "websocket": sockets})

# What has been loaded stays for good, and states are made anew by the thousand, hardly ever in cycles: with Python's
# own thresholds a fifth of the time under load goes into looking for them.
gc.freeze()
gc.set_threshold(50_000, 20, 20)
