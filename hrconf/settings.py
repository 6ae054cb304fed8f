"""All settings, read from the environment; docs/deploy.md lists the variables."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from hrconf.lib import unfold_look
from hrconf.office.config import furnish, in_language

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", False)
# The demo runs like production, on one machine, with mail kept in a folder.
DEMO = env.bool("HRCONF_DEMO", False)

NEEDED = ["DATABASE_URL", "REDIS_URL", "EMAIL_URL", "BASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"]
missing = [name for name in NEEDED if not env.str(name, "")]
if missing and not DEBUG:
    raise ImproperlyConfigured(
        f"Set {', '.join(missing)} in the environment (docs/deploy.md says how), "
        "or run `make demo` for a conference on this machine."
    )
if "DATABASE_URL" in missing or "REDIS_URL" in missing:
    raise ImproperlyConfigured(
        "Set DATABASE_URL and REDIS_URL, or run this command with "
        "`python -m hrconf.lib.embedded run --state var/dev -- …`."
    )

SECRET_KEY = env.str("SECRET_KEY", "debug-only-" + "x" * 50)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
BASE_URL = env.str("BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
IS_HTTPS = urlsplit(BASE_URL).scheme == "https"

INSTALLED_APPS = [
    "modeltranslation",
    "unfold.apps.BasicAppConfig",  # the site is ours: hrconf.accounts.admin_site
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "hrconf.accounts.office.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_countries",
    "django_htmx",
    "phonenumber_field",
    "hrconf.accounts",
    "hrconf.mailing",
    "hrconf.jobs",
    "hrconf.office",
    "events",
    "attendees",
    "projects",
    "agreements",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hrconf.accounts.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hrconf.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "hrconf.urls"
WSGI_APPLICATION = "hrconf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database, cache, broker -----------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
# Several test runs may share one server: each takes a name of its own.
DATABASES["default"]["TEST"] = {
    "NAME": "_".join(filter(None, ["test_hrconf", env.str("TEST_DB", "")]))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "hrconf.lib.cache.SturdyCache",
        "LOCATION": REDIS_URL,
        # Several test runs may share one server: each has its own keys.
        "KEY_PREFIX": "_".join(
            filter(None, ["hrconf", env.str("TEST_DB", ""), env.str("PYTEST_XDIST_WORKER", "")])
        ),
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    },
}
# Sessions live in the database: a cache that is down signs nobody out.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = env.str("BROKER_URL", REDIS_URL)
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", "hrconf")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 14 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Without these, .delay() hangs for minutes when the broker is down.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "retry_on_timeout": False,
    "visibility_timeout": 20 * 60,
}
CELERY_TASK_PUBLISH_RETRY = False
# After so many seconds without a message, though some wait, a worker ends itself; 0: never.
WORKER_DEAF_SECONDS = env.int("WORKER_DEAF_SECONDS", 60)
CELERY_TIMEZONE = "UTC"
# Beat signs its heartbeat itself, each time it looks what is due.
CELERY_BEAT_SCHEDULER = "hrconf.jobs.heartbeats:SigningScheduler"
CELERY_BEAT_SCHEDULE = {
    "worker-heartbeat": {"task": "hrconf.jobs.tasks.worker_heartbeat", "schedule": 20},
    "sweep-outbox": {"task": "hrconf.mailing.tasks.sweep_outbox", "schedule": 30},
    "sweep-jobs": {"task": "hrconf.jobs.tasks.sweep_jobs", "schedule": 60},
    "clear-expired-sessions": {
        "task": "hrconf.accounts.tasks.clear_expired_sessions",
        "schedule": 24 * 3600,
    },
    "forget-deeds": {"task": "hrconf.office.tasks.forget_deeds", "schedule": 600},
    "read-bounces": {"task": "hrconf.mailing.tasks.read_bounces", "schedule": 300},
    "due-reminders": {"task": "attendees.tasks.send_due_reminders", "schedule": 300},
    "make-due-releases": {"task": "events.tasks.make_due_releases", "schedule": 20},
    "tell-releases": {"task": "events.tasks.tell_releases", "schedule": 300},
    "settle-waits": {"task": "attendees.tasks.settle_waits", "schedule": 60},
    "settle-campaigns": {"task": "attendees.tasks.settle_campaigns", "schedule": 30},
    "forget-old-requests": {
        "task": "attendees.tasks.forget_old_requests",
        "schedule": 24 * 3600,
    },
    "remind-applicants": {"task": "projects.tasks.remind_applicants", "schedule": 900},
    "forget-old-applications": {
        "task": "projects.tasks.forget_old_requests",
        "schedule": 24 * 3600,
    },
    "delete-due-answers": {
        "task": "attendees.tasks.delete_due_answers",
        "schedule": 24 * 3600,
    },
    "expired-invitations": {"task": "attendees.tasks.expire_invitations", "schedule": 600},
    "delete-passport-data": {
        "task": "attendees.tasks.delete_passport_data",
        "schedule": 600,
    },
}

# Mail ------------------------------------------------------------------------

# Everything that sends mail fills the outbox; the worker empties it through
# the transport that EMAIL_URL names.
EMAIL_BACKEND = "hrconf.mailing.backend.OutboxBackend"
MAIL_TRANSPORT = env.email_url("EMAIL_URL", default="consolemail://")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Conference office <office@conference.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)
# How long to wait for the server to take a message over (RFC 5321 asks for this).
MAIL_FINAL_TIMEOUT = env.int("MAIL_FINAL_TIMEOUT", 600)
# A claim this much older than all timeouts together is of a worker that died.
MAIL_CLAIM_SLACK = env.int("MAIL_CLAIM_SLACK", 60)
MAIL_MAX_ATTEMPTS = env.int("MAIL_MAX_ATTEMPTS", 6)
# An invitation without an answer for so many days is on the work list.
UNANSWERED_DAYS = env.int("UNANSWERED_DAYS", 14)
# How long mails of a deed of the office wait, so that it can be undone.
UNDO_SECONDS = env.int("UNDO_SECONDS", 60)
MAIL_BACKOFF_SECONDS = env.float("MAIL_BACKOFF_SECONDS", 60)
# Over SMTP each worker sends no faster than this; 0 is as fast as it can.
MAIL_PER_SECOND = env.float("MAIL_PER_SECOND", 10)
MAIL_PER_CONNECTION = env.int("MAIL_PER_CONNECTION", 100)
# Off on every copy of the database that must mail nobody: then SMTP serves
# reserved domains such as .example only, and the rest is held.
MAIL_TO_REAL_PEOPLE = env.bool("MAIL_TO_REAL_PEOPLE", False)
MAIL_HOLD_AFTER_HOURS = env.int("MAIL_HOLD_AFTER_HOURS", 24)
# A code that opens an account lives for ten minutes: later it helps nobody.
MAIL_HOLD_CODES_AFTER_MINUTES = env.int("MAIL_HOLD_CODES_AFTER_MINUTES", 30)
# Returned mail: each message names itself in its return path, office+<number>@…,
# if a mailbox that takes such addresses is given; it is read over IMAP.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", "")
BOUNCE_MAILBOX_URL = env.str("BOUNCE_MAILBOX_URL", "")
# Provider → secret of its webhook: json=…,mailgun=…,sendgrid=<public key>
BOUNCE_WEBHOOK_SECRETS = env.dict("BOUNCE_WEBHOOK_SECRETS", default={})
# An address whose mail comes back for now so often within so many days is stopped.
MAIL_SOFT_BOUNCES = env.int("MAIL_SOFT_BOUNCES", 3)
MAIL_SOFT_BOUNCE_DAYS = env.int("MAIL_SOFT_BOUNCE_DAYS", 30)

# Long work: how many days its files are kept.
JOB_KEEP_DAYS = env.int("JOB_KEEP_DAYS", 7)

# Visa letters: how many days after an edition its passport data are deleted, and
# what a number in the register begins with (HZ2017-V-0001).
VISA_KEEP_DAYS = env.int("VISA_KEEP_DAYS", 30)
VISA_LETTER_PREFIX = env.str("VISA_LETTER_PREFIX", "HZ")

# Accounts --------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# Not allauth's backend: it would also let in by addresses a login no longer has.
AUTHENTICATION_BACKENDS = ["hrconf.accounts.backends.OfficeBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Guests are many, so theirs is the door one is sent to; the admin names its own.
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
OFFICE_SESSION_SECONDS = env.int("OFFICE_SESSION_HOURS", 12) * 3600
# Asking for a code or a link takes this long, whether or not we know the address.
SIGN_IN_FLOOR_SECONDS = 0.4
# Roles (hrconf.accounts.roles) whose members must have a second factor.
SECOND_FACTOR_ROLES = env.list("SECOND_FACTOR_ROLES", default=["organizer", "staff"])

ACCOUNT_ADAPTER = "hrconf.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # who signs in by a code has shown the address is theirs
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers cannot have us write to strangers
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_SESSION_REMEMBER = True  # hrconf.accounts.receivers sets how long
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# A key is an address together with where the request comes from, so that no
# stranger can use up the attempts of somebody else. A conference sits behind
# one address of its venue: what counts by address alone is generous.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/300s/key",
    "request_login_code": "120/m/ip,3/m/key,10/h/key",
    "reset_password": "30/m/ip,3/m/key,10/h/key",
    "reset_password_from_key": "30/m/ip",
    "register": "60/m/ip",
    "visa_check": "60/m/ip",
    "feedback": "120/m/ip",  # a whole hall may sit behind one address
    "favourites": "120/m/user",
    "seat_link": "60/m/ip",
    "vote": "600/m/ip",  # a whole hall may sit behind one address
}
ACCOUNT_FORMS = {
    "login": "hrconf.accounts.forms.OfficeSignInForm",
    "request_login_code": "hrconf.accounts.forms.CodeRequestForm",
    "confirm_login_code": "hrconf.accounts.forms.CodeForm",
    "reset_password": "hrconf.accounts.forms.PasswordLinkForm",
    "reset_password_from_key": "hrconf.accounts.forms.NewPasswordForm",
    "change_password": "hrconf.accounts.forms.ChangePasswordForm",
    "reauthenticate": "hrconf.accounts.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "hrconf.accounts.mfa_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the office vouches for the addresses it enters
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "hrconf.accounts.forms.FactorForm",
    "reauthenticate": "hrconf.accounts.forms.ConfirmFactorForm",
    "activate_totp": "hrconf.accounts.forms.NewAppForm",
    "add_webauthn": "hrconf.accounts.forms.NewPasskeyForm",
    "edit_webauthn": "hrconf.accounts.forms.PasskeyForm",
}

# Languages and time ----------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = in_language
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "zh-hans")
USE_I18N = True
FORMAT_MODULE_PATH = ["hrconf.formats"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
PHONENUMBER_DB_FORMAT = "E164"
PHONENUMBER_DEFAULT_REGION = "CN"
COUNTRIES_OVERRIDE = {
    "TW": _("Taiwan, China"),
    "HK": _("Hong Kong, China"),
    "MO": _("Macao, China"),
}

# Files -----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
for package, folder in [
    ("bootstrap", "dist"),
    ("sortablejs", "modular"),
    ("@event-calendar/build", "dist"),
]:
    if (BASE_DIR / "node_modules" / package).is_dir():
        STATICFILES_DIRS.append((package, BASE_DIR / "node_modules" / package / folder))
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
MEDIA_URL = "/media/"  # nothing is served from it: downloads go through views
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "hrconf.lib.static_files.StaticFilesStorage",
    },
}
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Security --------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "frame-src": ["'none'"],
        "upgrade-insecure-requests": IS_HTTPS,
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS and env.bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of ours stand in front: their entries of X-Forwarded-For are
# believed when attempts are counted by address, and no others.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1 if BEHIND_PROXY else 0)
if IS_HTTPS:  # the browser then takes these from this host alone, and over https alone
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Logs ------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
    },
}

UNFOLD = furnish(unfold_look.UNFOLD)
