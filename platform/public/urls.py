"""Addresses of joining, of a member's lobby, and of what everybody may read."""

from django.urls import path

from public import (
    drafts,
    exchange,
    harvest,
    histories,
    joining,
    lobby,
    materials,
    reports,
    said,
    supporting,
    translating,
    views,
    wordings,
)

app_name = "public"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("a/<slug:slug>/", views.assembly_page, name="assembly"),
    path("a/<slug:slug>/materials/", materials.public_page, name="public_materials"),
    path("a/<slug:slug>/recommendations/<str:key>/", views.recommendation_page, name="recommendation"),
    path("a/<slug:slug>/recommendations/<str:key>/sentences/", histories.sentences_page, name="sentences"),
    path("a/<slug:slug>/rooms/<int:number>/", reports.public_report, name="room_report"),
    path("a/<slug:slug>/rooms/<int:number>.json", reports.public_report, {"form": "json"}, name="room_report_json"),
    path("m/<str:member>/materials/", materials.member_page, name="materials"),
    path("m/<str:member>/facilitate/harvest/", harvest.member_page, name="harvest"),
    path("organise/<slug:slug>/rooms/harvest/", harvest.organiser_page, name="organiser_harvest"),
    path("m/<str:member>/recommendations/", supporting.supporting_page, name="supporting"),
    path("m/<str:member>/reports/", reports.member_list, name="reports"),
    path("m/<str:member>/reports/<int:number>/", reports.member_report, name="report"),
    path("m/<str:member>/reports/<int:number>.json", reports.member_report, {"form": "json"}, name="report_json"),
    path("m/<str:member>/said/", said.own_page, name="said"),
    path("m/<str:member>/room/<int:room>/said/", said.room_page, name="room_said"),
    path("m/<str:member>/room/<int:room>/drafts/", drafts.drafts_page, name="drafts"),
    path("m/<str:member>/room/<int:room>/exchange/", exchange.exchange_page, name="exchange"),
    path("m/<str:member>/room/<int:room>/drafts/<str:draft>/", histories.draft_page, name="draft"),
    path("m/<str:member>/room/<int:room>/texts/<str:words>/", wordings.overview, name="words_read"),
    path("m/<str:member>/room/<int:room>/texts/<str:words>/<str:lang>/", wordings.reading, name="words_in"),
    path("m/<str:member>/room/<int:room>/texts/<str:words>/<str:lang>/flag/", wordings.flagged, name="flag"),
    path("m/<str:member>/room/<int:room>/suggestions/<str:key>/", wordings.suggestion, name="suggestion"),
    path("m/<str:member>/translate/", translating.translate_list, name="translate"),
    path("m/<str:member>/translate/<str:words>/<str:lang>/", translating.translate_text, name="translate_text"),
    path("m/<str:member>/guess/", wordings.guess, name="guess"),
    path("join/<str:code>/", joining.join_page, name="join"),
    path("m/<str:member>/", lobby.lobby, name="lobby"),
    path("m/<str:member>/language/", lobby.change_language, name="change_language"),
    path("m/<str:member>/languages/", lobby.change_spoken, name="change_spoken"),
]
