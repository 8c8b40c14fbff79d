"""Every setting, read from the environment with a type and a default that is safe in production.

`docs/operating.md` documents each variable; `config/checks.py` refuses combinations that cannot be meant.
Without any variable the site runs as production would (DEBUG off) and asks for its SECRET_KEY;
`make run` sets DEBUG=1 and nothing else.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF

from config.environment import cache_from, database_from, development_secret_key, mail_from
from config.files import keep_for_a_day

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

# ---------- who we are ----------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default=development_secret_key(VAR_DIR) if DEBUG else env.NOTSET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
# Proxies in front of us that append to X-Forwarded-For; 0 means that the peer's address is the visitor's.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
DEMO = DEBUG and env.bool("DEMO", default=True)

# ---------- parts ----------
INSTALLED_APPS = [
    "config.apps.SiteConfig",
    "lib",
    "blog",
    "comments",
    *(["demo"] if DEMO else []),
    "config.apps.WriterAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "js_asset",
]

MIDDLEWARE = [
    "lib.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.content_policy.ContentPolicyMiddleware",
    "config.lean.LeanSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.lean.LeanAuthenticationMiddleware",
    "config.lean.LeanMessageMiddleware",
    "blog.redirects.FormerAddressMiddleware",
    *(["config.errors.NotFoundMiddleware"] if DEBUG else []),
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "blog.site.site_context",
            ],
        },
    }
]

# ---------- where things are kept ----------
DATABASES = {"default": database_from(env, VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache_from(env)}
# Pages kept in each process's memory; 0 turns the page cache off.
PAGE_CACHE_MEGABYTES = env.int("PAGE_CACHE_MEGABYTES", default=0 if DEBUG else 64)

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files that stand at the top of the site and not below STATIC_URL: the favicon.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
WHITENOISE_ADD_HEADERS_FUNCTION = keep_for_a_day
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Source maps are for developers' tools; compressing them would double the time of an upgrade.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "woff2", "webp", "png", "jpg"]

# ---------- language and time ----------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.str("TIME_ZONE", default="Europe/London")
USE_I18N = True
USE_TZ = True

# ---------- signing in ----------
ADMIN_PATH = "/admin/"
# Where a request may sign somebody in or refuse them; elsewhere only a session cookie makes it personal.
SESSION_PATHS = (ADMIN_PATH, "/desk/", "/sign-in/", "/sign-out/")
LOGIN_URL = "sign-in"
LOGOUT_REDIRECT_URL = "blog:home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

# ---------- transport and headers ----------
HTTPS = env.bool("HTTPS", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# What browsers have been told cannot be taken back: an hour for this host, until somebody decides otherwise.
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=3600 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The writer's editor needs inline styles and an import map; the relaxation ends at the admin's door.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
}

# ---------- limits ----------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# ---------- forms ----------
CRISPY_ALLOWED_TEMPLATE_PACKS = ("second_wind",)
CRISPY_TEMPLATE_PACK = "second_wind"

# ---------- the conversation ----------
COMMENT_ROOTS_PER_PAGE = env.int("COMMENT_ROOTS_PER_PAGE", default=20)
# Comments a network may send in ten minutes before it is asked to wait.
COMMENT_LIMIT = env.int("COMMENT_LIMIT", default=20)
COMMENT_MODERATE_AFTER_DAYS = env.int("COMMENT_MODERATE_AFTER_DAYS", default=180)
# What moderators or the filter took down is deleted for good after so many days; 0 keeps it for ever.
COMMENT_DELETE_AFTER_DAYS = env.int("COMMENT_DELETE_AFTER_DAYS", default=90)
# A service in Akismet's protocol that is asked for its opinion on each comment; nobody is without these.
AKISMET_URL = env.str("AKISMET_URL", default="")
AKISMET_KEY = env.str("AKISMET_KEY", default="")
AKISMET_TIMEOUT = env.float("AKISMET_TIMEOUT", default=2.0)

# ---------- work that may wait ----------
# Rows in the database, written with what causes them; `manage.py db_worker` does the work.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# A task takes seconds. One that has not ended after this time had a worker that is gone, and is done again.
WORK_PATIENCE = timedelta(minutes=3)

# ---------- mail ----------
vars().update(mail_from(env, VAR_DIR, debug=DEBUG))
# Whether readers get mails at all. Development keeps them as files, to be read at /dev/mail/.
MAILS = DEBUG or bool(env.str("EMAIL_URL", default=""))
MAIL_FROM = env.str("MAIL_FROM", default="mail@second-wind.invalid" if DEBUG else "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
# The site as mails link to it: a worker answers no request that would tell.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000" if DEBUG else "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
