"""Rooms read and judge what other rooms wrote, and are answered."""
