"""Addresses of rooms."""

from django.urls import path

from rooms import views

app_name = "rooms"
urlpatterns = [
    path("m/<str:member>/room/<int:room>/", views.room_page, name="room"),
    path("m/<str:member>/room/<int:room>/polls/<str:poll>/answer", views.answer, name="answer"),
]
