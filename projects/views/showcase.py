"""The public directory of projects, the page of each, and the holder's own page about it."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from attendees.views.personal import PersonalPage
from events.linked_data import described, edition_reference, organization
from events.models import Edition
from events.search import LONGEST
from events.views.pages import ProgrammePage
from hrconf.lib.links import absolute
from projects.forms.showcase import ShowcaseForm
from projects.services.showcase import approve_page, page_of_link, proposed, take_page_off
from projects.showcase import Shown, address, code_of, showcase_of

CARDS = 30  # on a page


class OfShowcase(ProgrammePage):
    """A public page made of approved pages beside the release."""

    def find(self) -> None:
        self.showcase = showcase_of(self.edition)

    def ingredients(self) -> list[object]:
        return [*super().ingredients(), self.showcase.token]

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "showcase": self.showcase}


class Directory(OfShowcase):
    """Everything approved, by facets and words; links and a form, no script."""

    template_name = "projects/directory.html"

    def get_context(self) -> dict[str, Any]:
        query = " ".join(self.request.GET.get("q", "")[:LONGEST].replace("\x00", "").split())
        chosen = self.showcase.known(dict(self.request.GET.lists()))
        found = self.showcase.found(chosen, query)
        facets = self.showcase.facets(chosen, query)
        return super().get_context() | {
            "facets": facets,
            "chosen": [one for facet in facets for one in facet.chosen],
            "hidden": [(facet.name, one.value) for facet in facets for one in facet.chosen],
            "page_obj": Paginator(found, CARDS).get_page(self.request.GET.get("page")),
            "count": len(found),
            "query": query,
            "without_query": address(chosen, ""),
            "longest_query": LONGEST,
        }


class ProjectPage(OfShowcase):
    """A project as its holder approved it."""

    template_name = "projects/page.html"

    def find(self) -> None:
        super().find()
        found = self.showcase.by_code.get(self.kwargs["code"])
        if found is None:
            raise Http404(_("There is no such project in the showcase."))
        self.shown = found

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | {
            "shown": self.shown,
            "data": project_data(self.edition, self.shown),
        }


def project_data(edition: Edition, shown: Shown) -> dict[str, Any]:
    """A schema.org Project; what is not known is left out."""
    place = {"edition": edition.slug, "code": shown.code}
    return described(
        {
            "@type": "Project",
            "name": str(shown.title),
            "alternateName": [t for t in shown.title.by_language.values() if t != str(shown.title)],
            "description": str(shown.summary),
            "url": absolute(reverse("projects:page", kwargs=place)),
            "sameAs": shown.website,
            "identifier": shown.code,
            "keywords": str(shown.sector.name) if shown.sector else "",
            "location": {"@type": "Country", "name": shown.country_name} if shown.country else None,
            "parentOrganization": organization(str(shown.organization)),
            "subjectOf": {"@type": "Event", **edition_reference(edition)},
        }
    )


class OwnPage(PersonalPage):
    """The holder reads, edits and approves the public text, or takes it off."""

    template_name = "projects/own_page.html"

    def find(self, token: str, edition_slug: str) -> Any:
        return page_of_link(token, edition_slug)

    def get_context(self) -> dict[str, Any]:
        return {
            "page": self.row,
            "project": self.row.project,
            "code": code_of(self.row.project),
            "done": self.request.GET.get("done", ""),
        }

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, form=ShowcaseForm(initial=proposed(self.row)))

    def post(self, request: HttpRequest) -> HttpResponse:
        if "off" in request.POST:
            take_page_off(self.row.pk)
            return redirect(f"{request.path}?done=off")
        form = ShowcaseForm(request.POST)
        if not form.is_valid():
            return self.show(request, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            approve_page(self.row.pk, form.cleaned_data)
        except ValidationError as refusal:
            text = " ".join(refusal.messages)
            return self.show(
                request, form=form, refusal=text, status=HTTPStatus.UNPROCESSABLE_ENTITY
            )
        return redirect(f"{request.path}?done=approved")
