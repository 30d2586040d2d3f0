"""What went wrong is told in one sentence, with what to do, in the reader's language."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from hemicycle.errors import csrf_failure
from hemicycle.refusal_pages import RefusalPages
from kernel.errors import Refused


def test_an_address_that_does_not_exist_gets_our_page(client: Client) -> None:
    answer = client.get("/nothing/here")
    assert answer.status_code == 404
    assert "There is nothing at this address." in answer.content.decode()


def test_the_page_for_our_own_mistakes_needs_nothing_and_speaks_every_language() -> None:
    page = render_to_string("500.html")
    assert [f'lang="{code}"' in page for code in ("en", "es", "fr", "ca", "it", "pt", "ar")] == [True] * 7


def test_a_stale_form_is_told_so() -> None:
    answer = csrf_failure(RequestFactory().get("/"))
    assert answer.status_code == 403
    assert "Nothing was changed." in answer.content.decode()


@pytest.mark.parametrize(
    ("code", "status"),
    [("motion.unknown", 404), ("stream.not_yours", 403), ("rate.too_many", 429), ("ballot.already_cast", 409),
     ("draft.closed", 400)],
)  # fmt: skip
def test_a_refusal_becomes_a_page_or_data(code: str, status: int) -> None:
    pages = RefusalPages(lambda request: csrf_failure(request))
    for accept, kind in (("text/html", "text/html"), ("application/json", "application/json")):
        request = RequestFactory().get("/", headers={"accept": accept})
        answer = pages.process_exception(request, Refused(code, seconds=3))
        assert answer is not None
        assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (status, kind)
        assert answer["Cache-Control"] == "private, no-store"


def test_other_exceptions_are_not_hidden() -> None:
    pages = RefusalPages(lambda request: csrf_failure(request))
    assert pages.process_exception(RequestFactory().get("/"), KeyError("x")) is None


def test_arabic_pages_run_from_right_to_left(client: Client) -> None:
    page = client.get("/accounts/login/?lang=ar").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert translation.get_language() == "en"


def test_pages_carry_no_inline_style_or_script(client: Client) -> None:
    for path in ("/accounts/login/", "/nothing"):
        page = client.get(path).content.decode()
        assert "style=" not in page
        assert "<script>" not in page
