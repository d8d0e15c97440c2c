"""Settings of the test suite: a fast password hasher, mail in memory, plain static files."""

from config.launch import database

from .dev import *  # noqa: F403  the settings modules build on one another by design

DATABASES = {"default": {**database.settings("test"), "CONN_MAX_AGE": 0}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Each test client builds the middleware anew: let it look for a static file when asked, not list them all beforehand.
WHITENOISE_AUTOREFRESH = True
