"""Settings for trying the product on one's own machine: the embedded database, the demo city."""

import os

import dj_database_url

from .base import *  # noqa: F403  the settings modules build on one another by design

DEBUG = False
SECRET_KEY = "for trying the product only, never for production"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
if not os.environ.get("DATABASE_URL"):
    from config.launch import database

    os.environ["DATABASE_URL"] = database.url()
DATABASES = {"default": dj_database_url.config(conn_max_age=60, conn_health_checks=True)}
DEMO_ALLOWED = True
