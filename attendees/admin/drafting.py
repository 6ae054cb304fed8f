"""From people to invitations: choose as what, see who is mailed, then mail."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from attendees.admin.deeds import INVITE
from attendees.models import Association, Category, Invitation
from attendees.services.drafts import draft_invitations
from events.models import Edition
from hrconf.office import deeds

MAY_DRAFT = "attendees.add_invitation"


class DraftForm(forms.Form):
    """As what and by whom people are invited, and until when they answer."""

    category = forms.ModelChoiceField(Category.objects.none(), label=gettext_lazy("Category"))
    association = forms.ModelChoiceField(
        Association.objects.none(), label=gettext_lazy("Sent by association"), required=False
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Answer by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    may_send_deputy = forms.BooleanField(label=gettext_lazy("Deputy allowed"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        edition = Edition.objects.at_hand()
        self.fields["category"].queryset = Category.objects.filter(edition=edition)
        self.fields["association"].queryset = Association.objects.all()


class DraftingMixin:
    """Gives the list of people an action that draws up invitations."""

    actions = ["draw_up"]

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.draft_view)
        return [path("draw-up/", view, name="attendees_person_draw_up"), *super().get_urls()]

    @admin.action(description=gettext_lazy("Draw up invitations"), permissions=["draft"])
    def draw_up(self, request: HttpRequest, people) -> HttpResponse:
        ids = list(people.order_by("pk").values_list("pk", flat=True))
        return self.draft_page(request, ids, DraftForm())

    def has_draft_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_DRAFT)

    def draft_view(self, request: HttpRequest) -> HttpResponse:
        """Draw up the invitations and show the letters that would go out."""
        if not self.has_draft_permission(request):
            raise PermissionDenied
        ids = deeds.visible_ids(self, request, request.POST.get("ids", ""))
        form = DraftForm(request.POST if request.method == "POST" else None)
        if not (ids and form.is_valid()):
            return self.draft_page(request, ids, form)
        made = draft_invitations(ids, by=request.user, **form.cleaned_data)
        self.say(request, len(made), len(ids) - len(made))
        invitations = self.admin_site.get_model_admin(Invitation)
        if not (made and request.user.has_perm(INVITE.permission)):
            return HttpResponseRedirect(reverse("admin:attendees_invitation_changelist"))
        back = reverse("admin:attendees_invitation_changelist")
        return deeds.page(invitations, INVITE, request, made, back)

    def say(self, request: HttpRequest, made: int, left: int) -> None:
        text = ngettext(
            "%(count)s invitation is drawn up.", "%(count)s invitations are drawn up.", made
        )
        messages.success(request, text % {"count": made})
        if left:
            text = ngettext(
                "%(count)s person is invited already.",
                "%(count)s people are invited already.",
                left,
            )
            messages.warning(request, text % {"count": left})

    def draft_page(self, request: HttpRequest, ids: list[int], form: DraftForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Draw up invitations"),
            "edition": Edition.objects.at_hand(),
            "form": form,
            "ids": ",".join(map(str, ids)),
            "count": len(ids),
            "action": reverse("admin:attendees_person_draw_up"),
            "back": reverse("admin:attendees_person_changelist"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/draft.html", context)
