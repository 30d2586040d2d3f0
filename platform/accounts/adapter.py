"""How accounts come to be: by invitation only."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):
    """Nobody signs up by themselves; organisers are made by a one-time link."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
