"""Addresses of joining, of a member's lobby, and of what everybody may read."""

from django.urls import path

from public import joining, lobby, views

app_name = "public"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("a/<slug:slug>/", views.assembly_page, name="assembly"),
    path("a/<slug:slug>/recommendations/<str:key>/", views.recommendation_page, name="recommendation"),
    path("join/<str:code>/", joining.join_page, name="join"),
    path("m/<str:member>/", lobby.lobby, name="lobby"),
    path("m/<str:member>/language/", lobby.change_language, name="change_language"),
]
