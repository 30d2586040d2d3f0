"""Addresses of the organiser's page of materials."""

from django.urls import path

from learning import views

app_name = "learning"
urlpatterns = [
    path("organise/<slug:slug>/materials/", views.materials, name="materials"),
    path("organise/<slug:slug>/materials/write/", views.write, name="write"),
    path("organise/<slug:slug>/materials/<str:act>/", views.act, name="act"),
]
