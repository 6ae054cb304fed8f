"""What the demo says at its end: where it is, who can sign in, what to try first."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from agreements.edition_2017.load.accounts import ACCOUNTS, PASSWORD, Account
from hrconf.accounts.roles import Role

WHAT_THEY_DO = {
    "organizer": "registrations, invitations, programme, outbox",
    "staff": "agreements and their report",
    "desk": "who is here and who is not",
    "jury": "projects and the competition",
    "press": "the figures",
    "reader": "looks at everything, changes nothing",
    "organizer-zh": "the organizer's office in Chinese",
    "guest": "invited, came, met an investor, signed",
    "juror": "sits in the competition",
}


def closing_words() -> str:
    """The text of `demo_accounts`."""
    return "\n".join([*_where(), "", *_who(), "", *_what_to_try()])


def _where() -> Iterator[str]:
    base = settings.BASE_URL
    yield f"The 2017 edition is at {base}/en/2017/ and {base}/zh-hans/2017/"
    yield f"The office is at       {base}/admin/"


def _who() -> Iterator[str]:
    base = settings.BASE_URL
    yield f"The office signs in at {base}/admin/ with the password {PASSWORD}"
    yield from (_line(account) for account in ACCOUNTS if account.role)
    yield f"Guests and jurors sign in at {base}/en/accounts/login/code/ with a code by mail"
    yield from (_line(account) for account in ACCOUNTS if not account.role)
    if folder := _mail_folder():
        yield "  no mail leaves the demo: the code is in the subject of the newest file in"
        yield f"  {folder}"


def _line(account: Account) -> str:
    return f"  {account.email:<29}{_role(account)!s:<20}{WHAT_THEY_DO[account.key]}"


def _role(account: Account) -> str:
    if account.role:
        return str(Role(account.role).label)
    return "Juror" if account.key == "juror" else "Guest"


def _mail_folder() -> str:
    kept = settings.MAIL_TRANSPORT.get("EMAIL_FILE_PATH") or ""
    return str(Path("/", kept)) if kept else ""


def _what_to_try() -> Iterator[str]:
    base = settings.BASE_URL
    yield "Try first"
    yield f"  as a visitor    {base}/en/2017/schedule/ on a phone; {base}/en/2017/figures/"
    yield "  as organizer    filter the invitations by “Draft”, select all 500, invite them,"
    yield "                  and watch the outbox; open Siyuan Lin for a whole thread;"
    yield "                  issue the visa letters that wait, reveal a passport with a reason"
    yield "  as staff        filter the agreements by district, export the report; cancel one"
    yield "                  agreement and see the figures fall"
