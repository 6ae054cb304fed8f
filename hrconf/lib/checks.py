"""System checks: what a deployer forgets. `manage.py check --deploy` runs them."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError, connection
from django.http.request import validate_host
from redis.backoff import NoBackoff
from redis.retry import Retry

OLDEST_POSTGRES = 15
EXTENSIONS = {"btree_gist", "pg_trgm"}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
# One file of each npm package that pages ask for.
FRONT_END = ["bootstrap/css/bootstrap.min.css"]
PLACEHOLDERS = ("debug-only", "dev-only", "change", "secret", "demo", "test")

# What the environment says ----------------------------------------------------------


@register(Tags.security, deploy=True)
def base_url_is_https(**kwargs: Any) -> list[CheckMessage]:
    """Links in mails and cookies follow BASE_URL; over http anyone on the way reads them."""
    if settings.IS_HTTPS or settings.DEMO:
        return []
    hint = "Serve the site over https and say so: BASE_URL=https://…"
    return [Caution(f"BASE_URL is {settings.BASE_URL}, not https.", hint=hint, id="hrconf.W001")]


@register(Tags.security, deploy=True)
def proxy_is_believed(**kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy that ends TLS, each request looks like http and is redirected for ever."""
    if not settings.IS_HTTPS or settings.BEHIND_PROXY:
        return []
    hint = "BEHIND_PROXY=on, if a proxy sets X-Forwarded-Proto; else silence hrconf.W008."
    message = "BASE_URL is https, but no proxy is believed to have spoken it."
    return [Caution(message, hint=hint, id="hrconf.W008")]


@register(Tags.security, deploy=True)
def base_url_is_answered(**kwargs: Any) -> list[CheckMessage]:
    """A mail must not carry links that this very site refuses."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    if validate_host(host, settings.ALLOWED_HOSTS):
        return []
    message = f"BASE_URL names {host or 'no host'}, which ALLOWED_HOSTS does not list."
    return [Error(message, hint=f"ALLOWED_HOSTS={host},…", id="hrconf.E001")]


@register(Tags.security, deploy=True)
def hosts_are_named(**kwargs: Any) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    hint = "List the host names that people use."
    return [Caution("ALLOWED_HOSTS lets any host name in.", hint=hint, id="hrconf.W002")]


@register(Tags.security, deploy=True)
def secret_key_is_secret(**kwargs: Any) -> list[CheckMessage]:
    """A key of an example signs anybody in."""
    key = settings.SECRET_KEY
    if len(key) >= 50 and not key.lower().startswith(PLACEHOLDERS):
        return []
    hint = "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
    return [Error("SECRET_KEY is short or a placeholder.", hint=hint, id="hrconf.E002")]


# Mail -------------------------------------------------------------------------------


@register(deploy=True)
def mail_leaves_the_house(**kwargs: Any) -> list[CheckMessage]:
    if settings.DEMO or settings.MAIL_TRANSPORT["EMAIL_BACKEND"] == SMTP:
        return []
    hint = "EMAIL_URL=smtp+tls://user:password@host:587"
    message = "EMAIL_URL names no mail server: nobody will get an invitation."
    return [Caution(message, hint=hint, id="hrconf.W003")]


@register(deploy=True)
def mail_goes_to_real_people(**kwargs: Any) -> list[CheckMessage]:
    """The switch is off by default, so that a copy of the database mails nobody."""
    if settings.MAIL_TO_REAL_PEOPLE or settings.MAIL_TRANSPORT["EMAIL_BACKEND"] != SMTP:
        return []
    hint = "MAIL_TO_REAL_PEOPLE=on in production; silence hrconf.W004 on a copy for trials."
    message = "MAIL_TO_REAL_PEOPLE is off: mail to real addresses is held."
    return [Caution(message, hint=hint, id="hrconf.W004")]


@register(Tags.security, deploy=True)
def mail_travels_encrypted(**kwargs: Any) -> list[CheckMessage]:
    transport = settings.MAIL_TRANSPORT
    is_near = transport.get("EMAIL_HOST") in {None, "", "localhost", "127.0.0.1", "::1"}
    is_safe = transport.get("EMAIL_USE_TLS") or transport.get("EMAIL_USE_SSL")
    if is_near or is_safe or transport["EMAIL_BACKEND"] != SMTP:
        return []
    hint = "EMAIL_URL=smtp+tls://… or smtp+ssl://…"
    message = f"Mail goes to {transport['EMAIL_HOST']} unencrypted."
    return [Caution(message, hint=hint, id="hrconf.W005")]


@register(deploy=True)
def sender_is_ours(**kwargs: Any) -> list[CheckMessage]:
    if settings.DEMO or not settings.DEFAULT_FROM_EMAIL.rstrip("> ").endswith(".example"):
        return []
    hint = "DEFAULT_FROM_EMAIL='Conference office <office@…>'"
    message = f"Mail would come from {settings.DEFAULT_FROM_EMAIL}."
    return [Caution(message, hint=hint, id="hrconf.W006")]


# Servers ----------------------------------------------------------------------------


@register(deploy=True)
def database_is_fit(**kwargs: Any) -> list[CheckMessage]:
    """Bookings and searches rest on what PostgreSQL alone has, from this version on."""
    if connection.vendor != "postgresql":
        hint = "DATABASE_URL=postgres://user:password@host/name"
        return [Error("The database is not PostgreSQL.", hint=hint, id="hrconf.E003")]
    try:
        return list(examine_database())
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        return [Error(f"The database does not answer: {reason}", id="hrconf.E004")]


def examine_database() -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        (version,) = cursor.fetchone()
        cursor.execute("SELECT extname FROM pg_extension")
        missing = EXTENSIONS - {name for (name,) in cursor.fetchall()}
        cursor.execute("SHOW server_encoding")
        (encoding,) = cursor.fetchone()
    if version < OLDEST_POSTGRES:
        message = f"PostgreSQL {version} is too old; {OLDEST_POSTGRES} is the oldest."
        yield Error(message, id="hrconf.E005")
    if missing:
        hint = "`manage.py migrate` makes them; contrib must be installed with PostgreSQL."
        message = f"The database lacks {', '.join(sorted(missing))}."
        yield Error(message, hint=hint, id="hrconf.E006")
    if encoding != "UTF8":
        yield Error(f"The database is in {encoding}, not UTF8.", id="hrconf.E007")


@register(deploy=True)
def redis_answers(**kwargs: Any) -> list[CheckMessage]:
    """Only a caution: the site works without, more slowly; jobs wait for the sweepers."""
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=2,
        socket_connect_timeout=2,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
    except (redis.RedisError, OSError) as error:
        message = f"Redis or Valkey does not answer ({type(error).__name__})."
        return [Caution(message, hint="Look at REDIS_URL.", id="hrconf.W007")]
    finally:
        client.close()
    return []


# Files ------------------------------------------------------------------------------


@register(Tags.staticfiles, deploy=True)
def static_files_are_collected(**kwargs: Any) -> list[CheckMessage]:
    """Without them each page is an error, since their names are in the manifest."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        hint = "`npm ci`, then `manage.py collectstatic`"
        return [Error(f"No static files in {manifest.parent}.", hint=hint, id="hrconf.E008")]
    collected = json.loads(manifest.read_text())["paths"]
    missing = [name for name in FRONT_END if name not in collected]
    if not missing:
        return []
    hint = "`npm ci` fetches it; then `manage.py collectstatic`"
    return [Error(f"{', '.join(missing)} was not collected.", hint=hint, id="hrconf.E009")]


@register(Tags.translation, deploy=True)
def catalogues_are_compiled(**kwargs: Any) -> list[CheckMessage]:
    """A text without its compiled catalogue appears in English to everyone."""
    sources = [po for folder in settings.LOCALE_PATHS for po in Path(folder).rglob("*.po")]
    stale = [po for po in sources if po.parent.name == "LC_MESSAGES" and not is_compiled(po)]
    hint = "`make install`, or `pybabel compile --directory locale --domain django`"
    return [Error(f"{po} is not compiled.", hint=hint, id="hrconf.E010") for po in stale]


def is_compiled(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


@register(Tags.files, deploy=True)
def private_files_can_be_written(**kwargs: Any) -> list[CheckMessage]:
    """Uploads and reports are written by the web server and by the worker."""
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return []
    except OSError as error:
        message = f"MEDIA_ROOT ({folder}) cannot be written: {os.strerror(error.errno or 0)}."
        return [Error(message, id="hrconf.E011")]


@register(Tags.security, Tags.files, deploy=True)
def private_files_are_private(**kwargs: Any) -> list[CheckMessage]:
    """What lies among the static files is served to everyone."""
    media, static = Path(settings.MEDIA_ROOT).resolve(), Path(settings.STATIC_ROOT).resolve()
    if not media.is_relative_to(static):
        return []
    message = f"MEDIA_ROOT ({media}) lies in STATIC_ROOT, which is public."
    return [Error(message, id="hrconf.E012")]
