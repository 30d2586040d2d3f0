"""Every address, and the package that answers it."""

from __future__ import annotations

from django.urls import path

from hemicycle import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
