"""The page of a list's saved views: keep what is shown, rename, share, delete, begin with."""

import copy
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrconf.accounts.roles import Role
from hrconf.office import keeping
from hrconf.office.models import SavedView, views_of
from hrconf.office.viewing import ALL, VIEW, ViewsMixin, filters_of

NOBODY = ("", gettext_lazy("only me"))


class KeepForm(forms.Form):
    """A name for what the list shows, who else sees it, and its columns."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    shared_with = forms.ChoiceField(
        label=gettext_lazy("Seen by"), choices=[NOBODY, *Role.choices], required=False
    )
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_default = forms.BooleanField(
        label=gettext_lazy("The list begins with it, for me"), required=False
    )

    def __init__(self, *args: Any, columns: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = columns


class RenameForm(forms.Form):
    """Another name, other readers."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    shared_with = forms.ChoiceField(
        label=gettext_lazy("Seen by"), choices=[NOBODY, *Role.choices], required=False
    )


def office_list_of(request: HttpRequest, label: str) -> Any:
    """The admin of a list that the user may see; 404 if there is none, 403 if they may not."""
    found = {model._meta.label_lower: office for model, office in admin.site._registry.items()}
    office = found.get(label)
    if not isinstance(office, ViewsMixin):
        raise Http404
    if not office.has_view_permission(request):
        raise PermissionDenied
    return office


def views_page(request: HttpRequest, label: str) -> HttpResponse:
    """What can be done with the views of a list; its GET parameters are those of the list."""
    office = office_list_of(request, label)
    deed = request.POST.get("do", "keep")
    if request.method != "POST":
        return show(request, office, keep_form(request, office))
    if deed == "keep":
        return keep_view(request, office)
    if deed == "all":
        keeping.begin_with_all(label, by=request.user)
        return back_here(request)
    seen = SavedView.objects.seen_by(request.user, label)
    key = request.POST.get("pk", "")
    view = get_object_or_404(seen, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
    try:
        return do(request, office, view, deed)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return back_here(request)


def keep_form(request: HttpRequest, office: Any, data: Any = None) -> KeepForm:
    shown = office.get_list_display(request)
    columns = [(name, heading(office, name)) for name in office.columns_to_choose(request)[1:]]
    return KeepForm(data, columns=columns, initial={"columns": shown})


def heading(office: Any, name: str) -> str:
    text = str(label_for_field(name, office.model, office))
    return text[:1].upper() + text[1:]


def keep_view(request: HttpRequest, office: Any) -> HttpResponse:
    """Keep what the address shows as a new view, and go there."""
    form = keep_form(request, office, request.POST)
    if not form.is_valid():
        return show(request, office, form)
    given = form.cleaned_data
    what = {**shown_by(request, office, given["columns"]), "shared_with": given["shared_with"]}
    label = office.opts.label_lower
    try:
        view = keeping.keep(SavedView, label=label, name=given["name"], by=request.user, what=what)
    except ValidationError as refusal:
        form.add_error("name", refusal.messages)
        return show(request, office, form)
    if given["is_default"]:
        keeping.begin_with(view, by=request.user)
    messages.success(request, _("“%(name)s” is kept.") % {"name": view})
    return HttpResponseRedirect(f"{list_url(office)}?{urlencode({VIEW: view.pk})}")


def shown_by(request: HttpRequest, office: Any, columns: list[str]) -> dict[str, Any]:
    """The filters, order and columns of an address; the usual columns are not named."""
    usual = set(office.get_list_display(with_query(request, "")))
    first = office.columns_to_choose(request)[0]
    return {
        "query": filters_of(request.GET).urlencode(),
        "order": office.order_of(request),
        "columns": [] if {first, *columns} == usual else columns,
    }


def with_query(request: HttpRequest, query: str) -> HttpRequest:
    trial = HttpRequest()
    trial.user, trial.GET, trial.path = request.user, QueryDict(query), request.path
    return trial


def do(request: HttpRequest, office: Any, view: SavedView, deed: str) -> HttpResponse:
    """Rename, renew, delete a view, or begin with it."""
    if deed == "rename":
        form = RenameForm(request.POST)
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        keeping.change(view, by=request.user, **form.cleaned_data)
    elif deed == "renew":
        what = shown_by(request, office, office.get_list_display(request)[1:])
        keeping.change(view, by=request.user, **what)
    elif deed == "delete":
        keeping.forget(view, by=request.user)
    elif deed == "default":
        keeping.begin_with(view, by=request.user)
    else:
        raise Http404
    messages.success(request, _("Done: “%(name)s”.") % {"name": view})
    return back_here(request)


def told(request: HttpRequest, office: Any) -> list[tuple[str, str]]:
    """The filters and the search of an address in words."""
    kept = filters_of(request.GET)
    if not kept or not office.takes(request, kept):
        return list(kept.items())
    trial = copy.copy(request)
    trial.GET = kept
    found = {
        name: spec
        for spec in office.get_changelist_instance(trial).filter_specs
        for name in spec.expected_parameters()
    }
    return [
        (str(found[name].title), ", ".join(words_of(found[name], values)))
        if name in found
        else (_("the search") if name == SEARCH_VAR else column_of(office, name), ", ".join(values))
        for name, values in kept.lists()
    ]


def column_of(office: Any, name: str) -> str:
    """What the column of a filter is called that has nothing to choose from just now."""
    try:
        return str(office.opts.get_field(name.split("__")[0]).verbose_name)
    except FieldDoesNotExist:
        return name


def words_of(spec: Any, values: list[str]) -> list[str]:
    """What a filter calls the values that are chosen."""
    choices = getattr(spec, "lookup_choices", None) or getattr(
        getattr(spec, "field", None), "flatchoices", []
    )
    words = {str(pair[0]): str(pair[1]) for pair in choices}
    return [words.get(value, value) for value in values]


def back_here(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(request.get_full_path())


def list_url(office: Any) -> str:
    return reverse(f"admin:{office.opts.app_label}_{office.opts.model_name}_changelist")


def show(request: HttpRequest, office: Any, form: KeepForm) -> HttpResponse:
    views = views_of(request.user, office.opts.label_lower)
    chosen = request.GET.get(VIEW, "")
    context = {
        **office.admin_site.each_context(request),
        "opts": office.opts,
        "title": _("Views of the list"),
        "form": form,
        "filters": told(request, office),
        "views": [
            {
                "view": view,
                "is_mine": view.owner_id == request.user.pk or request.user.is_superuser,
                "is_chosen": chosen == str(view.pk),
                "url": f"{list_url(office)}?{urlencode({VIEW: view.pk})}",
                "form": RenameForm(
                    auto_id=f"view-{view.pk}-%s",
                    initial={"name": view.name, "shared_with": view.shared_with},
                ),
            }
            for view in views
        ],
        "has_default": any(view.is_default for view in views),
        "back": f"{list_url(office)}?{request.GET.urlencode() or urlencode({VIEW: ALL})}",
    }
    request.current_app = office.admin_site.name
    return TemplateResponse(request, "admin/office/views.html", context)
