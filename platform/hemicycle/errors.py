"""Pages for what went wrong: one sentence, and what to do now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from elsewhere or is too old; nothing was changed."""
    return render(request, "403_csrf.html", status=403)
