"""Answers when something went wrong before a view was reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came with an old token, as after signing in again: 403, with what to do."""
    return render(request, "403_csrf.html", status=403)
