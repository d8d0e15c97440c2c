"""The password again: what stands for a hand on a paper."""

from django.http import HttpRequest


def confirm_password(request: HttpRequest, password: str) -> bool:
    """Whether ``password`` is that of the person who is signed in."""
    return request.user.check_password(password)
