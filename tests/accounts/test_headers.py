"""What every answer says to browsers and caches."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from hrconf.accounts.middleware import security_headers
from tests import make
from tests.accounts.doors import OFFICE, PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def answer(**headers) -> HttpResponse:
    return security_headers(lambda request: HttpResponse(headers=headers))(
        RequestFactory().get("/")
    )


@pytest.mark.parametrize("path", ["/en/accounts/login/", "/en/accounts/login/code/"])
def test_page_with_a_token_is_kept_by_nobody(client, path):
    assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_page_of_somebody_signed_in_is_kept_by_nobody(client):
    client.force_login(make.organizer())

    assert client.get("/admin/").headers["Cache-Control"] == "private, no-store"


def test_answer_that_varies_by_cookie_is_personal_whatever_it_says():
    response = answer(Vary="Accept, Cookie", **{"Cache-Control": "public, max-age=60"})

    assert response.headers["Cache-Control"] == "private, no-store"


def test_public_answer_stays_public():
    response = answer(Vary="Accept-Language", **{"Cache-Control": "public, max-age=60"})

    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_every_answer_has_its_headers_of_security(client):
    headers = client.get("/en/accounts/login/").headers
    policy = headers["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_admin_alone_has_the_looser_policy(client):
    client.force_login(make.organizer())

    assert "'unsafe-eval'" in client.get("/admin/").headers["Content-Security-Policy"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client):
    member = make.organizer(password=PASSWORD)
    client.get(OFFICE)
    sign_in(client, member.email)

    for name in ("sessionid", "csrftoken", "django_language"):
        cookie = client.cookies[name]
        assert (name, cookie["samesite"], cookie["httponly"]) == (name, "Lax", True)
