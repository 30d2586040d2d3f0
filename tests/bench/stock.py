"""The references on Channels, as its tutorial writes them: one group per room, `group_send` to all."""

from __future__ import annotations

import os
from typing import Any

import django
from django.conf import settings

LAYER = {"core": "channels_redis.core.RedisChannelLayer", "pubsub": "channels_redis.pubsub.RedisPubSubChannelLayer"}

settings.configure(
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["daphne", "channels"],
    SECRET_KEY="bench",
    CHANNEL_LAYERS={
        "default": {"BACKEND": LAYER[os.environ["STOCK_LAYER"]], "CONFIG": {"hosts": [os.environ["STOCK_REDIS"]]}}
    },
)
django.setup()

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path


class ChatConsumer(AsyncJsonWebsocketConsumer):
    """The tutorial's chat room."""

    async def connect(self) -> None:
        """Join the room's group."""
        self.group = f"room_{self.scope['url_route']['kwargs']['room']}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave it."""
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        """Send what one says to all."""
        await self.channel_layer.group_send(self.group, {"type": "chat.message", "message": content["message"]})

    async def chat_message(self, event: dict[str, Any]) -> None:
        """Give it to this member."""
        await self.send_json({"message": event["message"]})


application = ProtocolTypeRouter({"websocket": URLRouter([path("room/<str:room>", ChatConsumer.as_asgi())])})
