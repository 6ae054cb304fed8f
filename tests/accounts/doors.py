"""What a test does at the two doors of the house."""

import base64
import hmac
import re
import struct
import time

from django.test import Client

from hrconf.mailing.models import Message

ASK = "/en/accounts/login/code/"
ENTER = "/en/accounts/login/code/confirm/"
OFFICE = "/en/accounts/login/"
FACTOR = "/en/accounts/2fa/authenticate/"
FACTORS = "/en/accounts/2fa/"
PASSWORD = "correct horse battery staple"
WRONG = "0000-0000"


def ask(client: Client, email: str, path: str = ASK, **extra):
    return client.post(path, {"email": email}, **extra)


def code_sent_to(email: str) -> str:
    """The newest code in the outbox for an address."""
    mail = Message.objects.filter(to_address=email, kind="sign_in_code").latest("pk")
    return re.search(r"\d{4}-\d{4}", mail.text).group()


def enter(client: Client, code: str, path: str = ENTER, **extra):
    return client.post(path, {"code": code}, **extra)


def sign_in(client: Client, email: str, password: str = PASSWORD, path: str = OFFICE, **extra):
    return client.post(path, {"login": email, "password": password}, **extra)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def app_code(secret: str, at: float | None = None) -> str:
    """What an authenticator app shows (RFC 6238)."""
    counter = struct.pack(">Q", int(at or time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def set_up_app(client: Client) -> str:
    """Set up an authenticator app for who is signed in; return its secret."""
    client.get("/en/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    client.post("/en/accounts/2fa/totp/activate/", {"code": app_code(secret)})
    return secret
