"""What our pages are measured against: each a WSGI application of its own.

`hello` answers the bytes of a file, and so does a Django view behind the middleware of
a new project. `fresh` is hrconf without a front and without kept pages: every answer is
rendered.
"""

import os
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

StartResponse = Callable[..., Any]
DEFAULT_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def hello() -> Callable[[dict, StartResponse], Iterable[bytes]]:
    """The smallest WSGI application that answers these bytes."""
    body = Path(os.environ["BENCH_BODY"]).read_bytes()
    headers = [("Content-Type", "text/html"), ("Content-Length", str(len(body)))]

    def application(environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", headers)
        return [body]

    return application


def constant() -> Any:
    """A Django view of a constant, with the middleware that `startproject` gives."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import re_path

    body = Path(os.environ["BENCH_BODY"]).read_bytes()
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=type("Urls", (), {"urlpatterns": []}),
        MIDDLEWARE=DEFAULT_MIDDLEWARE,
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
    )
    application = get_wsgi_application()
    settings.ROOT_URLCONF.urlpatterns = [re_path("", lambda request: HttpResponse(body))]
    return application


def fresh() -> Any:
    """Our pages, rendered for each answer."""
    from hrconf.wsgi import django_application  # sets Django up

    pages = import_module("events.views.pages")
    pages.ProgrammePage.page = lambda self, etag: self.rendered()
    return django_application
