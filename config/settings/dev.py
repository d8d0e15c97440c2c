"""Settings for trying the product on one's own machine: the embedded database, the demo city."""

import os

from config.launch import database

from .base import *  # noqa: F403  the settings modules build on one another by design

DEBUG = False
SECRET_KEY = "for trying the product only, never for production"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
DATABASES = {"default": database.settings("run")}
DEMO_ALLOWED = True
PUBLIC_ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
CLOCK_FILE = os.environ.get("JARDAM_CLOCK_FILE", "")
