"""Two small middlewares: headers Django does not send, and the language a page is read in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from kernel.languages import INTERFACE_LANGUAGES

Handler = Callable[[HttpRequest], HttpResponse]


def cross_origin_headers(get_response: Handler) -> Handler:
    """`Cross-Origin-Resource-Policy` and `Permissions-Policy`: nobody embeds us, no sensor is ours unasked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)")
        return response

    return middleware


def reading_language(get_response: Handler) -> Handler:
    """The page's language: `?lang=`, else the cookie, else what the browser asks for.

    A member's page activates the member's own language afterwards (`assemblies.doors`).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        code = asked if asked in INTERFACE_LANGUAGES else translation.get_language_from_request(request)
        with translation.override(code):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            response = get_response(request)
            response.setdefault("Content-Language", translation.get_language() or "en")
        if asked in INTERFACE_LANGUAGES:
            response.set_cookie("language", asked, max_age=31_536_000, samesite="Lax", httponly=True)
        return response

    return middleware
