"""Everybody reads everybody: engines, routes, the engine process, and texts in each reader's language."""
