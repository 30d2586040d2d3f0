"""A refusal that leaves a view becomes an answer: a sentence on a page, or data for who asked for data."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hemicycle.refusals import sentence
from kernel.errors import Refused

Handler = Callable[[HttpRequest], HttpResponse]
STATUS_BY_REASON = {"unknown": 404, "not_yours": 403, "not_entitled": 403, "too_many": 429, "already_cast": 409}


class RefusalPages:
    """Middleware for exceptions of views only."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else is a mistake of ours."""
        if not isinstance(error, Refused):
            return None
        status = STATUS_BY_REASON.get(error.code.rpartition(".")[2], 400)
        said = sentence(error.code, error.params)
        if request.accepts("text/html"):
            response = render(request, "refused.html", {"sentence": said, "status": status}, status=status)
        else:
            response = JsonResponse({**error.as_data(), "sentence": said}, status=status)
        response["Cache-Control"] = "private, no-store"
        return response
