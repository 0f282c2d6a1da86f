"""Django's settings, worked out from config: one database, our own pages, strict headers; limits of sign-in are allauth's."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from duecare.config import Config, database_parts, read_config
from duecare.server_log import logging_settings

CONFIG: Config = read_config()

# What lies in the store is for its owner alone: the database, its copy, what was taken out.
os.umask(0o077)

# A page may wait twice for the lock (to look, to write its line), and is refused within two seconds all the same.
LOCK_WAIT_SECONDS = 0.6


def _secret_key(config: Config) -> str:
    if config.secret_key:
        return config.secret_key
    kept = config.home / "secret-key"
    try:
        return kept.read_text()
    except OSError:
        config.home.mkdir(parents=True, exist_ok=True)
        made = secrets.token_urlsafe(50)
        try:
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(made)
        except FileExistsError:
            return kept.read_text()
        return made


def _database(config: Config) -> dict[str, Any]:
    if config.is_postgres:
        return {
            "ENGINE": "django.db.backends.postgresql",
            **database_parts(config.database_url),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": f"-c lock_timeout={int(LOCK_WAIT_SECONDS * 1000)}"},
        }
    config.home.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(config.home / "duecare.sqlite3"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_WAIT_SECONDS,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
                " PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
            ),
        },
    }


SECRET_KEY = _secret_key(CONFIG)
DEBUG = False
DUECARE_DEMO = (CONFIG.home / "demo").exists()
ALLOWED_HOSTS = list(CONFIG.hosts)
DATABASES = {"default": _database(CONFIG)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
ROOT_URLCONF = "duecare.web.urls"
WSGI_APPLICATION = "duecare.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "duecare.store",
    "duecare.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
MIDDLEWARE = [
    "duecare.web.site.request_log.RequestLog",
    "duecare.web.site.middleware.Hardening",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
if CONFIG.reloads:  # for whoever changes the site; after the request has its id, before everything that costs time
    MIDDLEWARE.insert(1, "duecare.web.site.request_trace.RequestTrace")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "duecare.web.jinja.environment", "auto_reload": CONFIG.reloads},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "web" / "signin"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

AUTH_USER_MODEL = "store.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "duecare.web.site.account_adapter.ClosedSignUp"
MFA_ADAPTER = "duecare.web.site.account_adapter.TwoStep"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/worklist/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "duecare.web.site.pages.errors.csrf_failed"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    folder
    for folder in (Path(__file__).parent / "web" / "static_built", Path(__file__).parent / "web" / "static")
    if folder.is_dir()
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = CONFIG.reloads
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

SHOW_SQL = CONFIG.shows_sql
LOGGING: dict[str, Any] = logging_settings(CONFIG.log_level)
