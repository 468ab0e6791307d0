"""The settings of Django, from the environment. There is no setting for debugging."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.messages import constants as messages
from psycopg import IsolationLevel

from openimr.desk.environment import database_settings, read_environment
from openimr.desk.postgres import Server

ENVIRONMENT = read_environment()
SERVER = Server(folder=ENVIRONMENT.data / "postgres")

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key()
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "openimr.desk.urls"
WSGI_APPLICATION = "openimr.desk.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "openimr.desk.apps.DeskConfig",
    "openimr.desk.apps.PagePartsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "openimr.desk.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "openimr.desk.sessions.EndOfSessionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openimr.desk.access.RuleMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openimr.desk.layout.frame",
            ],
            "builtins": ["django.templatetags.static", "openimr.desk.templatetags.desk"],
        },
    }
]

# The database: one of your own, or the server in the data folder. Serializable would refuse two people who
# read each other's cases; a case is locked by its row instead (store.py).
DATABASES = {"default": database_settings(ENVIRONMENT.database_url or SERVER.url())}
DATABASES["default"]["OPTIONS"] |= {  # type: ignore[operator]  # the value of this key is always a dict
    "isolation_level": IsolationLevel.READ_COMMITTED,
    "pool": {"min_size": 1, "max_size": 12, "timeout": 10},
}
ATOMIC_REQUESTS = False
CACHES = {
    # in the database, because lock-outs must hold in every process and after a restart
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "desk_cache"}
}

# Accounts
AUTH_USER_MODEL = "desk.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},  # NIST SP 800-63B-4: 15 characters, no rule of composition
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "openimr.desk.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Lock-out: after five wrong passwords for a name, nobody gets in under it for a quarter of an hour.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/15m/key", "reauthenticate": "10/m/user"}
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.behind_proxy else 0
NINJA_NUM_PROXIES = 1 if ENVIRONMENT.behind_proxy else 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.is_https  # browsers allow it at localhost alone
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = ENVIRONMENT.organization
MFA_TOTP_TOLERANCE = 1

# Sessions end with the browser, after half an hour of doing nothing, and after twelve hours.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_NAME = "__Host-session" if ENVIRONMENT.is_https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if ENVIRONMENT.is_https else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address]
CSRF_FAILURE_VIEW = "openimr.desk.pages.errors.form_expired"
SESSION_IDLE_MINUTES = 30

SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if ENVIRONMENT.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.is_https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None
X_FRAME_OPTIONS = "DENY"

# Uploads come in pieces (pages/uploads); a request that carries more than this is refused.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
FILE_UPLOAD_PERMISSIONS = 0o600

# Styles and scripts: ours, and those that npm installed; named by their content and compressed.
STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.static
USWDS = ENVIRONMENT.page_parts / "@uswds" / "uswds" / "dist"
STATICFILES_DIRS = [
    *((f"uswds/{name}", USWDS / name) for name in ("css", "fonts", "img", "js")),
    ("htmx", ENVIRONMENT.page_parts / "htmx.org" / "dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
# the programme's own time: its days begin and end in California
TIME_ZONE = "America/Los_Angeles"

MESSAGE_TAGS = {messages.ERROR: "error", messages.WARNING: "warning", messages.SUCCESS: "success"}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # https is ended by the proxy, or by the server of the desk

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {"openimr": {"level": "INFO"}, "procrastinate": {"level": "WARNING"}},
}
