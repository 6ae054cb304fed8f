"""Names in two scripts, as guests, deputies, members and strangers type them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hrconf.mailing.compose import refuse_bad_headers

NAMES = ["name_native", "name_latin"]


def check_names(form: forms.Form, found: dict[str, Any]) -> None:
    """There is a name in at least one script, and a letter can carry it; errors stand beside it."""
    names = {key: found.get(key, "") for key in NAMES}
    if not any(names.values()) and not set(NAMES) & set(form.errors):
        form.add_error("name_native", _("Give the name in at least one script."))
    for key, name in {**names, "email": ""}.items():
        if found.get("email") and (name or key == "email"):
            _check(form, key, name, found["email"])


def _check(form: forms.Form, key: str, name: str, email: str) -> None:
    try:
        refuse_bad_headers(name, email)
    except ValidationError as refusal:
        if "email" not in form.errors:
            form.add_error(key, refusal)
