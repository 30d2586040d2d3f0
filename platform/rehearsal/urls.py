"""Addresses of practising: below a facilitator's own page, and for accounts."""

from django.urls import path

from rehearsal.practice.views import act, by_account, by_member, home, report

app_name = "rehearsal"
urlpatterns = [
    path("practice/", by_account(home), name="account_practices"),
    path("practice/<str:key>/", by_account(report), name="account_practice"),
    path("practice/<str:key>/<str:act>/", by_account(act), name="account_act"),
    path("m/<str:member>/practice/", by_member(home), name="practices"),
    path("m/<str:member>/practice/<str:key>/", by_member(report), name="practice"),
    path("m/<str:member>/practice/<str:key>/<str:act>/", by_member(act), name="practice_act"),
]
