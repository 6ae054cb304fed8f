"""A mail server of our own for the tests of the outbox."""

import pytest

from tests.mailing.sink import Sink, SinkServer


@pytest.fixture
def sink():
    """A running mail server that takes everything, until told otherwise."""
    made = Sink()
    with SinkServer(made) as server:
        made.port = server.port
        yield made


@pytest.fixture
def smtp(sink, settings):
    """Settings under which mail goes to the sink, as fast as it can."""
    settings.MAIL_TRANSPORT = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": sink.port,
        "EMAIL_HOST_USER": None,
        "EMAIL_HOST_PASSWORD": None,
    }
    settings.MAIL_PER_SECOND = 0
    settings.EMAIL_TIMEOUT = 5
    settings.MAIL_FINAL_TIMEOUT = 5
    settings.BASE_URL = "https://conference.example"
    return sink
