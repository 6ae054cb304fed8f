"""Links from one page of the office to another, for who may follow them."""

from urllib.parse import urlencode

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from hrconf.accounts.models import User


def office_link(row: Model, user: User) -> str:
    """The office's page of a row; empty if there is none or the user may not see it."""
    app, model = row._meta.app_label, row._meta.model_name
    if not user.has_perm(f"{app}.view_{model}"):
        return ""
    try:
        return reverse(f"admin:{app}_{model}_change", args=[row.pk])
    except NoReverseMatch:
        return ""


def office_list(label: str, **filters: object) -> str:
    """The office's list of a model such as "attendees.person", filtered; empty without one."""
    app, model = label.split(".")
    try:
        address = reverse(f"admin:{app}_{model}_changelist")
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(filters, doseq=True)}" if filters else address
