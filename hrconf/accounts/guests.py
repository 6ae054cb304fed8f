"""Who the guests are: a storey above knows and tells by this registry.

A module `guests.py` in an app registers a function that is given an e-mail
address and returns a `Guest`, or None for a stranger. The first answer counts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.dispatch import Signal
from django.utils.module_loading import autodiscover_modules

from hrconf.accounts.models import User


@dataclass(frozen=True)
class Guest:
    """What a login of a guest starts with."""

    name: str
    language: str = "en"


Finder = Callable[[str], Guest | None]
_finders: list[Finder] = []

# A guest proved their address by a code. Sent with `user`, after each such
# sign-in, so that the storey above can link its own row to the login.
guest_signed_in = Signal()


def guest_finder(finder: Finder) -> Finder:
    """Register a function that tells whether an address is a guest's."""
    _finders.append(finder)
    return finder


def find_guest(email: str) -> Guest | None:
    return next(filter(None, (finder(email) for finder in _finders)), None)


def find_login(email: str) -> User | None:
    """The active login of an address; a guest's is made when they first ask for it.

    The address is in small letters. One beyond ASCII may look like a guest's to
    the database (ſ for s) and be somebody else's mailbox: nobody has such a login.
    """
    if not email.isascii():
        return None
    user = User.objects.filter(email=email).first()
    if user is None and (guest := find_guest(email)):
        user = make_login(email, guest)
    return user if user and user.is_active else None


def make_login(email: str, guest: Guest) -> User:
    """The login of a guest, without a password; two requests at once make one."""
    defaults = {
        "name": guest.name[:150],
        "language": guest.language,
        "password": make_password(None),
    }
    return User.objects.get_or_create(email=email, defaults=defaults)[0]


def discover() -> None:
    autodiscover_modules("guests")
