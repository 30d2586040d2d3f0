"""The page behind the one-time link of the first organiser."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.forms import NewAccount
from kernel.errors import Refused


@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form; a valid one makes the account and signs its owner in."""
    form = NewAccount(request.POST or None)
    try:
        services.check_first_link(code)
        if form.is_valid():
            user = services.create_first_organiser(code, **form.cleaned_data)
            login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
            return redirect("/organise/")
    except Refused:
        return render(request, "accounts/welcome_over.html", status=404)
    return render(request, "accounts/welcome.html", {"form": form}, status=400 if form.errors else 200)
