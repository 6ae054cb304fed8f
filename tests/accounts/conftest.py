import pytest


@pytest.fixture(autouse=True)
def outbox(settings):
    """Mail goes where it goes in production: into the outbox."""
    settings.EMAIL_BACKEND = "hrconf.mailing.backend.OutboxBackend"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The real hash takes half a second, on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
