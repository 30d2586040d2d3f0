"""Streams, hub, feeds, presence: how an acknowledged fact reaches every screen, once and in order."""
