"""Settings of a real installation; refuses to start half configured."""

import os

from django.core.exceptions import ImproperlyConfigured

from config.launch import database

from .base import *  # noqa: F403  the settings modules build on one another by design
from .base import STORAGES, VAR_DIR
from .files import file_store


def required(name: str, what: str) -> str:
    """The environment variable ``name``, or a refusal to start that says ``what`` it is."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {what}.")
    return value


DEBUG = False
DEMO_ALLOWED = False
SECRET_KEY = required("SECRET_KEY", "a long random text that only this installation knows")
HOSTS = required("ALLOWED_HOSTS", "the host names it is served under, by commas")
ALLOWED_HOSTS = [host.strip() for host in HOSTS.split(",") if host.strip()]
DATABASES = {"default": database.at(required("DATABASE_URL", "the address of its PostgreSQL"))}
if database.is_embedded(DATABASES["default"]):
    raise ImproperlyConfigured(
        "DATABASE_URL names the embedded PostgreSQL, which is for trying and for tests: "
        "name a server of your own."
    )
FILES = os.environ.get("JARDAM_FILES") or str(VAR_DIR / "files")
STORAGES = {**STORAGES, "default": file_store(os.environ, FILES)}
PUBLIC_ADDRESS = os.environ.get("PUBLIC_ADDRESS") or f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
# A proxy on the same machine asks /healthz over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECOND_FACTOR_ROLES = ["head", "city_head", "psychologist", "registrar", "administrator", "auditor"]
TRUSTED_PROXIES = [n for n in os.environ.get("TRUSTED_PROXIES", "").split(",") if n]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "jardam@localhost")
