"""What every test has: no traffic but to this machine, an empty cache."""

import socket

import pytest
from django.core.cache import cache
from django.utils import translation

LOCAL = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True, scope="session")
def only_local_sockets():
    """Fail on any connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise AssertionError(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits and cached pages of one test do not reach the next."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def plain_sign_in(settings):
    """`client.force_login` is enough; tests of the second factor ask for it themselves."""
    settings.SECOND_FACTOR_ROLES = []
    settings.SIGN_IN_FLOOR_SECONDS = 0


@pytest.fixture(autouse=True)
def english(settings):
    """A page in Chinese leaves its language behind; each test begins in English."""
    translation.activate(settings.LANGUAGE_CODE)
