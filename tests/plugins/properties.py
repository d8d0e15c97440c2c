"""Property tests are the same on every run and every machine: no clock judges them, no database of old examples feeds them."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "house", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)  # fmt: skip
settings.load_profile("house")
