"""Addresses of the facilitator's console and of the organiser's page of rooms."""

from django.urls import path

from facilitation import accommodating, board, console, debate, evidence, guide, help_pages, proposals, views

app_name = "facilitation"
urlpatterns = [
    path("guide/facilitators/", guide.guide, name="guide"),
    path("m/<str:member>/facilitate/", console.console, name="console"),
    path("m/<str:member>/facilitate/rooms/<int:room>/take/", help_pages.take, name="take"),
    path("m/<str:member>/facilitate/rooms/<int:room>/return/", help_pages.give_back, name="return"),
    path("m/<str:member>/help/", help_pages.help_page, name="help"),
    path("m/<str:member>/room/<int:room>/shares/", console.group_shares, name="group_shares"),
    path("m/<str:member>/room/<int:room>/hidden/<str:key>/", console.hidden_words, name="hidden_words"),
    path("organise/<slug:slug>/rooms/", views.rooms, name="rooms"),
    path("m/<str:member>/facilitate/neutrality/", evidence.own_page, name="own_neutrality"),
    path("organise/<slug:slug>/rooms/neutrality/", evidence.ledger_page, name="neutrality"),
    path("organise/<slug:slug>/rooms/neutrality/link/", evidence.evaluation_link, name="evaluation_link"),
    path("a/<slug:slug>/neutrality/<str:code>/", evidence.evaluators_page, name="evaluation"),
    path("m/<str:member>/facilitate/time/", accommodating.own_rooms_page, name="own_accommodations"),
    path("m/<str:member>/debate/", debate.member_page, name="own_debate"),
    path("organise/<slug:slug>/debate/", debate.organiser_page, name="debate"),
    path("organise/<slug:slug>/rooms/time/", accommodating.organiser_page, name="accommodations"),
    path("organise/<slug:slug>/rooms/status/", board.board, name="board"),
    path("organise/<slug:slug>/rooms/compose/", proposals.compose, name="compose"),
    path("organise/<slug:slug>/rooms/proposal/<int:proposal>/", proposals.proposal, name="proposal"),
    path("organise/<slug:slug>/rooms/proposal/<int:proposal>/round/<int:number>/", proposals.make, name="make"),
    path("organise/<slug:slug>/rooms/proposal/<int:proposal>/discard/", proposals.discard, name="discard"),
    path("organise/<slug:slug>/rooms/new/", views.new_room, name="new_room"),
    path("organise/<slug:slug>/rooms/move/", views.move, name="move"),
    path("organise/<slug:slug>/rooms/scribe/", views.scribe, name="scribe"),
    path("organise/<slug:slug>/rooms/plan/", views.plan, name="plan"),
    path("organise/<slug:slug>/rooms/<int:room>/<str:act>/", views.act, name="act"),
]
