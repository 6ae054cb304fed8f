"""Small words around data, as each language sets them."""

from collections.abc import Iterable
from datetime import datetime

from babel.dates import format_timedelta
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _


def labelled(name: object, value: object) -> str:
    """A name and what it stands for, with the language's own colon."""
    return _("%(name)s: %(value)s") % {"name": name, "value": value}


def listed(values: Iterable[object]) -> str:
    """Several things in a line: with commas, or 、 in Chinese."""
    return pgettext("between the parts of a list", ", ").join(map(str, values))


def time_since(moment: datetime) -> str:
    """How long ago something was, in its largest unit: 2 months, 2个月."""
    locale = "zh_Hans_CN" if (get_language() or "").startswith("zh") else "en_GB"
    return format_timedelta(timezone.now() - moment, "day", threshold=1, locale=locale)
