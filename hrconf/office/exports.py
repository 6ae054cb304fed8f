"""Exports of a list as it is filtered: columns chosen here, the file written by the worker.

What was chosen can be kept under a name and repeated in one click: the filters are
kept too, the rows are those that they leave on the day.
"""

import copy
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.jobs.services import start_job
from hrconf.lib.errors import DomainError
from hrconf.office import keeping
from hrconf.office.columns import Field, chosen_fields, get_exportable
from hrconf.office.models import MOST_COLUMNS, SavedExport
from hrconf.office.viewing import filters_of

LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
SAVED = "saved"
# The buttons of the page that only show it anew.
ARRANGING = {"up", "down", "arrange"}


class ExportForm(forms.Form):
    """In which file format and which language, and what it is called if it is kept."""

    format = forms.ChoiceField(
        label=_("File"), choices=SavedExport.Format, initial=SavedExport.Format.XLSX
    )
    language = forms.ChoiceField(label=_("Language of the headings"), choices=LANGUAGES)
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    shared_with = forms.ChoiceField(
        label=_("Seen by"), choices=[("", _("only me")), *Role.choices], required=False
    )


class ExportMixin:
    """Gives a list an export of the rows that its filters leave."""

    export_kind = ""
    export_permission = ""
    change_list_template = "admin/office/change_list_with_export.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name=self.export_url_name), *super().get_urls()]

    @property
    def export_url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    @property
    def list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        extra = {"export_url": ""}
        if request.user.has_perm(self.export_permission):
            address = reverse(f"admin:{self.export_url_name}")
            extra["export_url"] = f"{address}?{request.GET.urlencode()}"
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for columns and format, then order the work; its page has the file."""
        if not request.user.has_perm(self.export_permission):
            raise PermissionDenied
        saved = saved_of(request, self.opts.label_lower)
        try:
            if "do" in request.POST:
                return self.do_with_saved(request, saved)
            rows = self.rows_of(request, with_filters(request.GET, saved))
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self.list_url)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(reverse(f"admin:{self.export_url_name}"))
        data = request.POST if request.method == "POST" else None
        form = ExportForm(data, initial=initial_of(saved))
        is_ordered = data is not None and not ARRANGING & set(data)
        if is_ordered and form.is_valid() and self.may_go(request, form):
            try:
                return self.order_chosen(request, form, rows, saved)
            except ValidationError as refusal:
                form.add_error("name", refusal.messages)
        if data is not None and not is_ordered:
            form = ExportForm(initial=data.dict())
        return self.export_page(request, form, rows, saved)

    # The work ------------------------------------------------------------------------------

    def order_chosen(
        self, request: HttpRequest, form: ExportForm, rows: Any, saved: SavedExport | None
    ) -> HttpResponse:
        """Order what was filled in; keep it first if it was given a name."""
        given = form.cleaned_data
        what = {
            "format": given["format"],
            "language": given["language"],
            "columns": arranged(request, self.opts.label_lower, request.user)[0],
        }
        if "keep" in request.POST:
            what["query"] = filters_of(with_filters(request.GET, saved)).urlencode()
            what["shared_with"] = given["shared_with"]
            self.keep_export(request, given["name"], saved, what)
        return self.order_export(request, rows, what, given["name"])

    def keep_export(
        self, request: HttpRequest, name: str, saved: SavedExport | None, what: dict[str, Any]
    ) -> None:
        """Keep a new one; one's own of this name that is open is changed."""
        if saved and saved.owner_id == request.user.pk and saved.name == name:
            keeping.change(saved, by=request.user, **what)
            return
        label = self.opts.label_lower
        keeping.keep(SavedExport, label=label, name=name, by=request.user, what=what)

    def may_go(self, request: HttpRequest, form: ExportForm) -> bool:
        """Whether there is a column to write and a name to keep it under."""
        if not arranged(request, self.opts.label_lower, request.user)[0]:
            form.add_error(None, gettext("Choose at least one column."))
        if "keep" in request.POST and not form.cleaned_data["name"]:
            form.add_error("name", gettext("Give it a name."))
        return not form.errors

    def do_with_saved(self, request: HttpRequest, saved: SavedExport | None) -> HttpResponse:
        """Repeat a kept export with the rows of now, or delete it."""
        seen = SavedExport.objects.seen_by(request.user, self.opts.label_lower)
        kept = get_object_or_404(seen, pk=number(request.POST.get("pk", "")))
        if request.POST["do"] == "delete":
            keeping.forget(kept, by=request.user)
            messages.success(request, gettext("Done: “%(name)s”.") % {"name": kept})
            return HttpResponseRedirect(reverse(f"admin:{self.export_url_name}"))
        if request.POST["do"] != "run":
            raise Http404
        rows = self.rows_of(request, QueryDict(kept.query))
        SavedExport.objects.filter(pk=kept.pk).update(ran_at=timezone.now())
        what = {"format": kept.format, "language": kept.language, "columns": kept.columns}
        return self.order_export(request, rows, what, kept.name)

    def rows_of(self, request: HttpRequest, address: QueryDict) -> Any:
        """The rows that an address leaves; refuses one that asks what the list does not know.

        A filter that is gone would let more rows out than somebody meant to export.
        """
        _known, gone = self.still_known(request, filters_of(address))
        if gone:
            text = gettext("The list has no such filters any more: %(names)s.")
            raise DomainError(text % {"names": ", ".join(gone)}, code="filter_gone")
        trial = copy.copy(request)
        trial.GET = address
        return self.get_changelist_instance(trial).get_queryset(trial)

    def order_export(
        self, request: HttpRequest, rows: Any, what: dict[str, Any], name: str
    ) -> HttpResponse:
        with translation.override(what["language"]):
            names = name or self.opts.verbose_name_plural
            job = start_job(
                kind=self.export_kind,
                title=gettext("Export: %(names)s") % {"names": names},
                options={
                    "format": what["format"],
                    "columns": what["columns"],
                    "name": name,
                    "keys": list(rows.values_list("pk", flat=True)),
                },
                by=request.user,
            )
        return job_page(job)

    # The page ------------------------------------------------------------------------------

    def export_page(
        self, request: HttpRequest, form: ExportForm, rows: Any, saved: SavedExport | None
    ) -> HttpResponse:
        label = self.opts.label_lower
        chosen, others = arranged(request, label, request.user, saved)
        fields = {field.key: field for field in get_exportable(label).fields_for(request.user)}
        kept = SavedExport.objects.seen_by(request.user, label).select_related("owner")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Export"),
            "form": form,
            "count": rows.order_by().count(),
            "chosen": [fields[key] for key in chosen],
            "groups": grouped([fields[key] for key in others]),
            "saved": saved,
            "kept": [(one, one.owner_id == request.user.pk) for one in kept],
            "back": f"{self.list_url}?{request.GET.urlencode()}",
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/export.html", context)


def job_page(job: Job) -> HttpResponse:
    return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))


def number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def saved_of(request: HttpRequest, label: str) -> SavedExport | None:
    """The kept export that the address opens."""
    seen = SavedExport.objects.seen_by(request.user, label)
    key = number(request.GET.get(SAVED, ""))
    return seen.filter(pk=key).first() if key else None


def with_filters(address: QueryDict, saved: SavedExport | None) -> QueryDict:
    """The filters of an address, or those of the kept export that it opens."""
    address = QueryDict(address.urlencode().replace("%00", ""), mutable=True)
    address.pop(SAVED, None)
    return QueryDict(saved.query) if saved and not address else address


def initial_of(saved: SavedExport | None) -> dict[str, Any]:
    if saved is None:
        return {"language": translation.get_language()}
    names = ["format", "language", "name", "shared_with"]
    return {name: getattr(saved, name) for name in names}


def arranged(
    request: HttpRequest, label: str, user: Any, saved: SavedExport | None = None
) -> tuple[list[str], list[str]]:
    """The keys of the chosen columns in their order, and of the others.

    An order without columns, as of a plain form, has the usual ones.
    """
    every = [field.key for field in get_exportable(label).fields_for(user)]
    if request.method == "POST" and "arranged" in request.POST:
        keys = moved(request.POST.getlist("columns"), request.POST)
    else:
        keys = saved.columns if saved else []
        keys = [field.key for field in chosen_fields(label, user, keys)]
    known = set(every)
    chosen = [key for key in dict.fromkeys(keys) if key in known][:MOST_COLUMNS]
    return chosen, [key for key in every if key not in set(chosen)]


def moved(keys: Sequence[str], data: QueryDict) -> list[str]:
    """The keys with one of them a place up or down, as the button pressed says."""
    keys = list(keys)
    for name, step in [("up", -1), ("down", 1)]:
        if (key := data.get(name)) in keys:
            at = keys.index(key)
            to = min(max(at + step, 0), len(keys) - 1)
            keys.insert(to, keys.pop(at))
    return keys


def grouped(fields: list[Field]) -> list[tuple[str, list[Field]]]:
    groups: dict[str, list[Field]] = {}
    for field in fields:
        groups.setdefault(field.group, []).append(field)
    return list(groups.items())
