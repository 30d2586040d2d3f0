"""Settings, read top to bottom. Every variable is read by a typed function that refuses nonsense.

Without any variable this is the embedded default: SQLite, everything in one process, loopback only.
"""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from hemicycle.environment import address, boolean, csv, integer, secret, text
from kernel import languages

PACKAGE = Path(__file__).resolve().parent
STATE = Path(text("HEMICYCLE_STATE", "var", "Folder for the database, language packages and other state.")).resolve()
STATE.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = boolean("DEBUG", False, "Show tracebacks in the browser. Never on a reachable server.")
PORT = integer("PORT", 8000, "Where `serve` listens on 127.0.0.1.")
BASE_URL = text("BASE_URL", f"http://127.0.0.1:{PORT}", "Address people use; links in mails and prints begin with it.")
_PUBLIC = not BASE_URL.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
SECRET_KEY = secret("SECRET_KEY", STATE / "secret_key", "Signs sessions; made and kept in the state folder if absent.")
ALLOWED_HOSTS = csv("ALLOWED_HOSTS", BASE_URL.split("//", 1)[1].split("/")[0].rsplit(":", 1)[0], "Host names served.")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

DATABASE_URL = text("DATABASE_URL", f"sqlite:///{STATE / 'hemicycle.sqlite3'}", "PostgreSQL beyond one process.")
REDIS_URL = text("REDIS_URL", "", "Bus between processes; empty for a single web process.")

CIVIC_CLOCK_RATE = integer("CIVIC_CLOCK_RATE", 1, "How many times faster turns and votes run; rehearsals only.")
CIVIC_CLOCK_EPOCH = integer("CIVIC_CLOCK_EPOCH", 0, "Milliseconds since 1970 at which a rehearsal's clock began.")
REHEARSAL = boolean("REHEARSAL", False, "This server plays a rehearsal: faster clock, wider rate limits.")
if CIVIC_CLOCK_RATE != 1 and not REHEARSAL:
    raise SystemExit("CIVIC_CLOCK_RATE is for rehearsal servers only (REHEARSAL=1).")

TRANSLATION_PACKAGES_DIR = Path(
    text("TRANSLATION_PACKAGES_DIR", str(STATE / "languages"), "Folder of the installed language packages.")
)
TRANSLATION_INDEX = text(
    "TRANSLATION_INDEX",
    "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json",
    "Where `hemicycle languages install` looks for Argos packages.",
)
TRANSLATION_ENGINES = tuple(
    csv("TRANSLATION_ENGINES", "argos,apertium,libretranslate", "Engines that may be used, best first.")
)
LIBRETRANSLATE_URL = address(
    "LIBRETRANSLATE_URL", "A LibreTranslate server of your own, which gets every text it translates; empty: none."
)
LIBRETRANSLATE_API_KEY = text("LIBRETRANSLATE_API_KEY", "", "What that server asks for, if it does.")
TRANSLATION_DEADLINE_S = integer("TRANSLATION_DEADLINE_S", 8, "Seconds after which a stuck translation is given up.")
TRANSLATION_IN_PROCESS = boolean(
    "TRANSLATION_IN_PROCESS", not REDIS_URL, "The web process keeps the engine process; off where workers do."
)

PRACTICES_AT_ONCE = integer("PRACTICES_AT_ONCE", 4, "Practice rooms for facilitators that may go on at the same time.")

INSTALLED_APPS = [
    "daphne",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "csp",
    "django_vite",
    "allauth",
    "allauth.account",
    "hemicycle",
    "live",
    "translation",
    "accounts",
    "assemblies",
    "recommendations",
    "rooms",
    "plenary",
    "facilitation",
    "sittings",
    "learning",
    "exchange",
    "public",
    "rehearsal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hemicycle.middleware.cross_origin_headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hemicycle.middleware.reading_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hemicycle.refusal_pages.RefusalPages",
]

ROOT_URLCONF = "hemicycle.urls"
ASGI_APPLICATION = "hemicycle.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # without it two writers fail at once
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignup"
LOGIN_REDIRECT_URL = "/organise/"
LOGIN_URL = "account_login"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LANGUAGE_CODE = "en"
LANGUAGES = [(code, languages.LANGUAGES[code].endonym) for code in languages.INTERFACE_LANGUAGES]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hemicycle.storage.StaticStorage"},
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9A-Za-z_-]{8,12}\.(js|css|svg|json|woff2)$"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": PACKAGE / "static" / "app" / "manifest.json",
        "static_url_prefix": "app",
    }
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "require-trusted-types-for": ["'script'"],
    }
}
SECURE_HSTS_SECONDS = 63_072_000 if _PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _PUBLIC
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
if boolean("BEHIND_PROXY", False, "A proxy of yours sets X-Forwarded-Proto; trust it."):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "hemicycle.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

LOG_LEVEL = text("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "hemicycle.logs.formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {"daphne": {"level": "WARNING"}, "django.channels.server": {"level": "WARNING"}},
}
SILENCED_SYSTEM_CHECKS = ["security.W004"] if not _PUBLIC else []
