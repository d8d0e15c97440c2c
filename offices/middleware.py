"""Per request: where it comes from, and where the person stands today."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .standing import settle

Handler = Callable[[HttpRequest], HttpResponse]


class ClientAddressMiddleware:
    """Sets ``request.client_address``: the peer's, or what a trusted proxy says of it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.trusted = [ipaddress.ip_network(n) for n in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.client_address = self._address(request)  # type: ignore[attr-defined]  # our own attribute
        return self.get_response(request)

    def _address(self, request: HttpRequest) -> str | None:
        hops = [
            h.strip() for h in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if h.strip()
        ]
        address = request.META.get("REMOTE_ADDR", "")
        while self._is_trusted(address) and hops:
            address = hops.pop()
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            return None

    def _is_trusted(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.trusted)


class StaffMiddleware:
    """Settles the person's standing of today once, so that an ended membership counts from the next request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            settle(request.user)
        return self.get_response(request)
