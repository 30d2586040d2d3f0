"""The product's settings for tests: scratch state, cheap password hashes, unhashed static files."""

import os
import tempfile

if "HEMICYCLE_STATE" not in os.environ:
    _scratch = tempfile.TemporaryDirectory(prefix="hemicycle-test-")  # goes with the process that made it
    os.environ["HEMICYCLE_STATE"] = _scratch.name
os.environ.setdefault("SECRET_KEY", "only for tests, never for people")

from hemicycle.settings import *  # noqa: F403
from hemicycle.settings import DATABASES, STATE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True  # looks for the one file that is asked for, not for all with each new client
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(STATE / "test.sqlite3")}
(STATE / "static").mkdir(parents=True, exist_ok=True)
TRANSLATION_IN_PROCESS = False  # a test that wants a dispatcher starts one
