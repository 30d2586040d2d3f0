"""Addresses of members' devices and of the organiser's pages."""

from django.urls import path

from assemblies import glossary_pages, language_pages, member_pages, organiser_pages, organising, views

app_name = "assemblies"
urlpatterns = [
    path("m/<str:member>/devices/", views.devices, name="devices"),
    path("m/<str:member>/devices/<int:device>/end/", views.end, name="end_device"),
    path("m/<str:member>/glossary/<str:lang>/", glossary_pages.explanations, name="explanations"),
    path("organiser/<str:code>/", organiser_pages.accept, name="organiser_accept"),
    path("organise/", organising.assemblies, name="organise"),
    path("organise/new/", organising.new, name="new"),
    path("organise/<slug:slug>/", organising.overview, name="overview"),
    path("organise/<slug:slug>/edit/", organising.edit, name="edit"),
    path("organise/<slug:slug>/members/", member_pages.member_list, name="members"),
    path("organise/<slug:slug>/members/import/", member_pages.import_list, name="import"),
    path("organise/<slug:slug>/members/import/apply/", member_pages.apply_list, name="import_apply"),
    path("organise/<slug:slug>/members/<str:key>/", member_pages.member_page, name="member"),
    path("organise/<slug:slug>/members/<str:key>/<str:act>/", member_pages.act, name="member_act"),
    path("organise/<slug:slug>/organisers/", organiser_pages.organiser_list, name="organisers"),
    path("organise/<slug:slug>/organisers/<str:act>/", organiser_pages.act, name="organisers_act"),
    path("organise/<slug:slug>/languages/", language_pages.languages, name="languages"),
    path("organise/<slug:slug>/glossary/", glossary_pages.glossary, name="glossary"),
    path("organise/<slug:slug>/glossary/apply/", glossary_pages.apply_glossary, name="glossary_apply"),
    path("organise/<slug:slug>/glossary.csv", glossary_pages.glossary_csv, name="glossary_csv"),
    path("organise/<slug:slug>/links/", member_pages.links, name="links"),
    path("organise/<slug:slug>/links.csv", member_pages.links_csv, name="links_csv"),
]
