"""Who may sign in with a password: the conference office, nobody else."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from hrconf.accounts.models import User


class OfficeBackend(ModelBackend):
    """Checks e-mail and password. Guests have no password; they get a code by e-mail.

    Unknown addresses cost one hash like known ones: ModelBackend sees to that.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **credentials: Any
    ) -> User | None:
        user = super().authenticate(request, username=username, **credentials)
        return user if user and user.is_office else None
