"""Text that is stored encrypted: secrets of second factors, and what is as delicate.

Fernet (AES-128-CBC with HMAC-SHA-256) under a key derived from SECRET_KEY for
each purpose. While SECRET_KEY changes, the older keys of SECRET_KEY_FALLBACKS
still open what they sealed.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str, *, purpose: str) -> str:
    """Return the text encrypted; each time differently."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Return the text. Raises cryptography.fernet.InvalidToken if we did not seal it."""
    return _box(purpose).decrypt(sealed.encode()).decode()


def seal_bytes(content: bytes, *, purpose: str) -> bytes:
    """The same for a file."""
    return _box(purpose).encrypt(content)


def unseal_bytes(sealed: bytes, *, purpose: str) -> bytes:
    """Return the file's bytes. Raises cryptography.fernet.InvalidToken if we did not seal it."""
    return _box(purpose).decrypt(sealed)


def _box(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in secrets])


def _key(secret: str, purpose: str) -> bytes:
    digest = hmac.digest(secret.encode(), b"hrconf.sealing." + purpose.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest)
