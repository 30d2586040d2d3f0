"""Addresses of the plenary: its live page, the ballot, the published results, the organiser's page."""

from django.urls import path

from plenary import for_another, organising, results, sealed_ballots, views

app_name = "plenary"
urlpatterns = [
    path("m/<str:member>/plenary/", views.plenary_page, name="plenary"),
    path("m/<str:member>/motions/", views.motion_list, name="motion_list"),
    path("m/<str:member>/motions/<str:motion>/", views.ballot_page, name="ballot"),
    path("m/<str:member>/motions/<str:motion>/ballot", views.cast, name="cast"),
    path("m/<str:member>/motions/<str:motion>/permit", sealed_ballots.permit, name="permit"),
    path("ballots/<str:motion>", sealed_ballots.cast, name="cast_sealed"),
    path("m/<str:member>/motions/<str:motion>/languages/", views.passport_page, name="passport"),
    path("m/<str:member>/motions/<str:motion>/objection", views.object_to, name="object"),
    path("m/<str:member>/motions/<str:motion>/amendment", views.amend, name="amend"),
    path("m/<str:member>/motions/<str:motion>/statement", views.declare, name="state"),
    path("m/<str:member>/motions/<str:motion>/for/<str:person>/", for_another.ballot_page, name="ballot_for"),
    path("m/<str:member>/motions/<str:motion>/for/<str:person>/ballot", for_another.cast, name="cast_for"),
    path("a/<slug:slug>/results/<str:motion>/", results.result_page, name="result"),
    path("a/<slug:slug>/results/<str:motion>.json", results.result_json, name="result_json"),
    path("a/<slug:slug>/results/<str:motion>.svg", results.result_svg, name="result_svg"),
    *(path(f"{name}.py", results.recount_program, {"program": name}, name=name) for name in results.PROGRAMS),
    path("organise/<slug:slug>/plenary/", organising.motions, name="motions"),
    path("organise/<slug:slug>/plenary/<str:act>/", organising.act, name="act"),
]
