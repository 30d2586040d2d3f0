"""The ASGI application: pages by Django, sockets by `live`, both behind the same origin rule."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.settings")

from django.core.asgi import get_asgi_application

pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter

from hemicycle.realtime import sockets

application = ProtocolTypeRouter({"http": pages, "websocket": sockets})
