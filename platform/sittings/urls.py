"""Addresses of the organiser's page of the sitting."""

from django.urls import path

from sittings import views

app_name = "sittings"
urlpatterns = [
    path("organise/<slug:slug>/sitting/", views.sitting, name="sitting"),
    path("organise/<slug:slug>/sitting/step/", views.step, name="step"),
    path("organise/<slug:slug>/sitting/message/", views.message, name="message"),
    path("organise/<slug:slug>/sitting/<str:act>/", views.act, name="act"),
]
