"""The demo's own scenario is sound, and its links lead in."""

from __future__ import annotations

from rehearsal.cli import load
from rehearsal.core.scenario import Role, Utterance
from rehearsal.demo.cli import SCENARIO, VISITORS_ONLY, invitation
from rehearsal.demo.loop import AGENDA, BEFORE_OPENING_MS

DEMO = load(SCENARIO)


def test_it_speaks_five_languages_and_english_readers_read_along() -> None:
    spoken = {event.lang for event in DEMO.timeline if isinstance(event, Utterance)}
    assert spoken == {"es", "fr", "ca", "it", "pt", "en"}
    assert all({person.reads for person in DEMO.citizens(room)} == spoken for room in DEMO.rooms)


def test_a_loop_of_it_does_not_bore() -> None:
    words = [event.text for event in DEMO.timeline if isinstance(event, Utterance)]
    assert 60 <= len(words) == len(set(words)) <= 90


def test_every_draft_is_submitted_before_its_motion_is_added() -> None:
    submitted = {draft.id: draft.submitted_at or 0 for draft in DEMO.drafts}
    assert all(submitted[motion.draft] < motion.opens - BEFORE_OPENING_MS for motion in DEMO.motions)


def test_there_is_time_to_read_and_vote() -> None:
    assert all(motion.closes - motion.opens >= 120_000 for motion in DEMO.motions)


def test_each_facilitators_language_has_titles_for_the_agenda() -> None:
    assert {DEMO.person(room.facilitator).lang for room in DEMO.rooms} == set(AGENDA)


def test_nobody_is_played_in_a_visitors_seat() -> None:
    assert VISITORS_ONLY.isdisjoint({event.by for event in DEMO.timeline} | {ballot.by for ballot in DEMO.ballots})


def test_a_link_is_printed_for_each_language_the_facilitator_the_plenary_and_the_organiser() -> None:
    codes = {person.id: f"code-{person.id}" for person in DEMO.participants}
    text = "\n".join(invitation(DEMO, codes, "http://127.0.0.1:8000", password="pass"))
    for who in ("es (Lucía)", "fr (Julien)", "ca (Jordi)", "it (Chiara)", "pt (Inês)", "en (Emma)", "ca (Montse)"):
        assert who in text
    assert "http://127.0.0.1:8000/join/code-grace/" in text
    assert "password pass" in text
    assert [person.role for person in DEMO.participants if person.id in VISITORS_ONLY] == [Role.CITIZEN]
