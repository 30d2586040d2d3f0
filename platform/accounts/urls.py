"""Addresses of accounts; signing in and out are allauth's."""

from __future__ import annotations

from django.urls import path

from accounts import views

urlpatterns = [path("welcome/<str:code>/", views.welcome, name="welcome")]
