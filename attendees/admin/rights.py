"""What a person may ask for: their own data, and to be forgotten."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from attendees.admin.heads import Link
from attendees.models import Person
from attendees.services.erasing import erase_person, plan_erasure
from hrconf.jobs.services import start_job

MAY_ERASE = "attendees.erase_person"
MAY_HAND_OUT = "attendees.export_person"


class RightsMixin:
    """Gives the people's admin the two pages."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/erase/", view(self.erase_view), name="attendees_person_erase"),
            path("<int:pk>/own-data/", view(self.own_data_view), name="attendees_person_own_data"),
            *super().get_urls(),
        ]

    def rights_links(self, request: HttpRequest, person: Person) -> list[Link]:
        links = []
        if request.user.has_perm(MAY_HAND_OUT):
            url = reverse("admin:attendees_person_own_data", args=[person.pk])
            links.append(Link(_("Own data"), url, "folder_zip"))
        if request.user.has_perm(MAY_ERASE):
            url = reverse("admin:attendees_person_erase", args=[person.pk])
            links.append(Link(_("Erase"), url, "ink_eraser"))
        return links

    def right_of(self, request: HttpRequest, permission: str, pk: int) -> Person:
        """The person, for who has the permission."""
        if not request.user.has_perm(permission):
            raise PermissionDenied
        person = self.get_queryset(request).filter(pk=pk).first()
        if person is None:
            raise Http404
        return person

    def own_data_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once, since it makes a file full of personal data; then order the work."""
        person = self.right_of(request, MAY_HAND_OUT, pk)
        if request.method != "POST":
            return self.right_page(request, person, "admin/office/own_data.html", _("Own data"))
        job = start_job(
            kind="own_data",
            title=_("Own data, record %(number)s") % {"number": person.pk},
            options={"person": person.pk},
            by=request.user,
        )
        return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))

    def erase_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What erasing takes away; only with a reason, and said twice, it happens."""
        person = self.right_of(request, MAY_ERASE, pk)
        trouble = ""
        if request.method == "POST":
            trouble = self.erase(request, person)
            if not trouble:
                return HttpResponseRedirect(reverse("admin:attendees_person_changelist"))
        return self.right_page(
            request,
            person,
            "admin/office/erase.html",
            _("Erase a person"),
            plan=plan_erasure(person),
            trouble=trouble,
            reason=request.POST.get("reason", ""),
        )

    def erase(self, request: HttpRequest, person: Person) -> str:
        """Erase them; or why not."""
        if "sure" not in request.POST:
            return _("Tick that you are sure: there is no way back.")
        try:
            erase_person(person.pk, reason=request.POST.get("reason", ""), by=request.user)
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        messages.success(request, _("The person is erased. All figures are what they were."))
        return ""

    def right_page(
        self, request: HttpRequest, person: Person, template: str, title: str, **more: object
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": person,
            "title": title,
            "person": person,
            "back": reverse("admin:attendees_person_change", args=[person.pk]),
            **more,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, context)
