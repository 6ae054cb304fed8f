"""Links that leave the system: absolute, from BASE_URL, in the reader's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def absolute(path: str) -> str:
    """Return the full address of a path of ours."""
    return settings.BASE_URL + path


def link(view: str, *, language: str, **kwargs: object) -> str:
    """Return the full address of a page in a language (`en` or `zh-hans`)."""
    with translation.override(language):
        return absolute(reverse(view, kwargs=kwargs))
