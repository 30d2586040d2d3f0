"""Every address, and the package that answers it."""

from __future__ import annotations

import importlib.util

from django.urls import include, path

from hemicycle import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("accounts/", include("allauth.account.urls")),
    path("", include("rooms.urls")),
    path("", include("plenary.urls")),
    path("", include("sittings.urls")),
    path("", include("learning.urls")),
    *[
        path("", include(f"{package}.urls"))
        for package in ("accounts", "assemblies", "facilitation", "public", "rehearsal")
        if importlib.util.find_spec(f"{package}.urls")
    ],
]
