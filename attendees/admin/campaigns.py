"""Campaigns in the office: write, look at each letter, let it go, see how far it is."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from attendees.admin.audiences import AudienceChoice, lines_of
from attendees.admin.campaign_pages import letter_page
from attendees.audiences import in_words
from attendees.models import Audience, Campaign, Person
from attendees.services import campaigns
from attendees.services.placeholders import PLACEHOLDERS, check_text
from attendees.services.recipients import recipients_of
from events.admin.defaults import StartsWithEdition
from hrconf.office.admin import TranslatedAdmin, pair
from hrconf.office.badges import badge, choice_badge
from hrconf.office.links import office_list

State = Campaign.State
TONES = {
    State.DRAFT: "quiet",
    State.SCHEDULED: "note",
    State.SENDING: "note",
    State.PAUSED: "warn",
    State.STOPPED: "bad",
    State.SENT: "good",
}
MAY_SEND = "attendees.change_campaign"
# What a button of the page does.
DEEDS: dict[str, Callable[..., Campaign]] = {
    "unschedule": campaigns.unschedule_campaign,
    "pause": campaigns.pause_campaign,
    "resume": campaigns.resume_campaign,
    "stop": campaigns.stop_campaign,
}


class CampaignForm(forms.ModelForm):
    """Texts with known placeholders, and an audience of the same edition."""

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in [*pair("subject"), *pair("text")]:
            try:
                check_text(cleaned.get(name) or "")
            except ValidationError as refusal:
                self.add_error(name, refusal)
        edition = cleaned.get("edition") or getattr(self.instance, "edition", None)
        audience = cleaned.get("audience")
        if audience and edition and audience.edition_id != edition.pk:
            self.add_error("audience", _("This audience is of another edition."))
        return cleaned


class WhenForm(forms.Form):
    """At once, or on a day and at a time of the edition's clock."""

    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[("now", gettext_lazy("Now")), ("later", gettext_lazy("At a set time"))],
        widget=forms.RadioSelect,
        initial="now",
    )
    day = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    hour = forms.TimeField(
        label=gettext_lazy("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        on_clock = _("On the clock of the conference (%(zone)s).")
        self.fields["hour"].help_text = on_clock % {"zone": campaign.edition.time_zone}

    @property
    def moment(self) -> list[forms.BoundField]:
        return [self["day"], self["hour"]]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("when") != "later":
            return cleaned
        for name in ["day", "hour"]:
            if name not in self.errors and cleaned.get(name) is None:
                self.add_error(name, _("Say when the campaign goes out."))
        if not self.errors:
            zone = self.campaign.edition.tz
            cleaned["at"] = datetime.combine(cleaned["day"], cleaned["hour"], zone)
            if cleaned["at"] <= timezone.now():
                self.add_error("day", _("Choose a time that is still to come."))
        return cleaned


@admin.register(Campaign)
class CampaignAdmin(StartsWithEdition, TranslatedAdmin):
    form = CampaignForm
    list_display = ["name", "edition", "audience", "state_badge", "goes_out", "how_far", "troubled"]
    list_filter = [("edition", RelatedDropdownFilter), ("state", ChoicesDropdownFilter)]
    list_select_related = ["edition", "audience"]
    search_fields = ["name_en", "name_zh_hans", "subject_en", "subject_zh_hans"]
    autocomplete_fields = ["edition"]
    fixed_fields = ["edition"]
    change_form_template = "admin/office/campaign_change.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("name"),
                    ("edition", "audience"),
                    "is_once_per_address",
                ]
            },
        ),
        (gettext_lazy("The letter"), {"fields": [pair("subject"), pair("text")]}),
    ]

    state_badge = choice_badge("state", TONES, description=gettext_lazy("state"))

    def get_queryset(self, request):
        return super().get_queryset(request).with_progress()

    def get_urls(self) -> list:
        wrap, name = self.admin_site.admin_view, "attendees_campaign_%s"
        return [
            path("<int:pk>/preview/", wrap(self.preview_view), name=name % "preview"),
            path("<int:pk>/send/", wrap(self.send_view), name=name % "send"),
            path("<int:pk>/deed/", wrap(self.deed_view), name=name % "deed"),
            *super().get_urls(),
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Plain choices: they are few, and work without JavaScript."""
        if db_field.name == "audience":
            kwargs["queryset"] = Audience.objects.select_related("edition")
            kwargs["form_class"] = AudienceChoice
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name.startswith("text"):
            field.widget.attrs["rows"] = 14
        return field

    def has_change_permission(self, request, obj=None) -> bool:
        """What goes out is no longer changed; the buttons of the page do the rest."""
        is_draft = obj is None or obj.state == State.DRAFT
        return is_draft and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        is_draft = obj is None or obj.state == State.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        """Who writes finds the placeholders above the texts."""
        plain, (title, texts) = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            texts = {**texts, "description": placeholder_list()}
        return [plain, (title, texts)]

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        """On to the letters as people would get them."""
        return HttpResponseRedirect(address("preview", obj))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context |= self.head(request, obj)
        response = super().render_change_form(request, context, *args, obj=obj, **kwargs)
        if obj and obj.state == State.SENDING:
            response["Refresh"] = "10"
        return response

    def head(self, request: HttpRequest, campaign: Campaign) -> dict:
        """How the campaign stands, and what can be done with it now."""
        return {
            "campaign": campaign,
            "state": badge(campaign.get_state_display(), TONES[State(campaign.state)]),
            "trouble": _(campaign.trouble) if campaign.trouble else "",
            "when": self.goes_out(campaign),
            "left_out": left_out_of(campaign),
            "unwritten": len(campaign.recipients) - campaign.written,
            "outbox": outbox_of(campaign, request),
            "may_send": request.user.has_perm(MAY_SEND),
        }

    # The letters, and letting them go ----------------------------------------------------

    def campaign_or_404(self, request: HttpRequest, pk: int) -> Campaign:
        rows = self.get_queryset(request).select_related("audience__edition", "batch")
        campaign = get_object_or_404(rows.select_related("edition"), pk=pk)
        if not self.has_view_permission(request, campaign):
            raise PermissionDenied
        return campaign

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The letter as one of the recipients gets it, what was filled in marked."""
        campaign = self.campaign_or_404(request, pk)
        context = letter_page(campaign, request.GET)
        context |= {"may_send": request.user.has_perm(MAY_SEND), "to_oneself": request.user.email}
        return self.answer(request, "admin/office/campaign_preview.html", campaign, context)

    def send_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who gets it, who is left out and why; its button lets the campaign go."""
        campaign = self.campaign_or_404(request, pk)
        is_asked = request.method == "POST" and "page" not in request.POST
        if is_asked and not request.user.has_perm(MAY_SEND):
            raise PermissionDenied
        form = WhenForm(request.POST if is_asked else None, campaign=campaign)
        if is_asked and form.is_valid() and self.let_go(request, campaign, form):
            return HttpResponseRedirect(address("change", campaign))
        return self.send_page(request, campaign, form)

    def let_go(self, request: HttpRequest, campaign: Campaign, form: WhenForm) -> bool:
        at = form.cleaned_data.get("at")
        try:
            campaigns.schedule_campaign(campaign.pk, by=request.user, at=at)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return False
        messages.success(request, _("The campaign is scheduled.") if at else _("It goes out now."))
        return True

    def send_page(self, request: HttpRequest, campaign: Campaign, form: WhenForm) -> HttpResponse:
        context = {
            "campaign": campaign,
            "form": form,
            "words": in_words(campaign.audience),
            "may_send": request.user.has_perm(MAY_SEND) and campaign.state == State.DRAFT,
            "letters_url": address("preview", campaign),
            **lines_of(recipients_of(campaign), request.GET.get("page")),
        }
        return self.answer(request, "admin/office/campaign_send.html", campaign, context)

    def deed_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Pause, resume, stop, take back, or mail a test letter."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        campaign = self.campaign_or_404(request, pk)
        if not request.user.has_perm(MAY_SEND):
            raise PermissionDenied
        if "test" in request.POST:
            return self.test(request, campaign)
        for name in DEEDS.keys() & request.POST.keys():
            try:
                DEEDS[name](campaign.pk, by=request.user)
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(address("change", campaign))

    def test(self, request: HttpRequest, campaign: Campaign) -> HttpResponse:
        """Mail the letter that the preview shows to whoever asks."""
        key = request.POST.get("person", "")
        people = Person.objects.current()
        person = get_object_or_404(people, pk=key if key.isdecimal() and len(key) < 19 else 0)
        language = "zh-hans" if request.POST.get("language") == "zh-hans" else "en"
        try:
            campaigns.send_test(campaign, person, language=language, by=request.user)
            sent = _("The test letter is on its way to %(address)s.")
            messages.success(request, sent % {"address": request.user.email})
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        query = f"?person={person.pk}&language={language}"
        return HttpResponseRedirect(address("preview", campaign) + query)

    def answer(
        self, request: HttpRequest, template: str, campaign: Campaign, context: dict
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": campaign,
            "title": campaign.name,
            "media": self.media,
            **context,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, context)

    @admin.display(description=gettext_lazy("goes out"), ordering="send_at")
    def goes_out(self, campaign: Campaign) -> str:
        """On the edition's clock, which is said."""
        if campaign.send_at is None:
            return "—"
        local = campaign.send_at.astimezone(campaign.edition.tz)
        return f"{date_format(local, 'DATETIME_FORMAT')} ({campaign.edition.time_zone})"

    @admin.display(description=gettext_lazy("letters sent"))
    def how_far(self, campaign: Campaign) -> str:
        if campaign.started_at is None:
            return "—"
        return f"{campaign.sent_count} / {len(campaign.recipients)}"

    @admin.display(description=gettext_lazy("in trouble"))
    def troubled(self, campaign: Campaign) -> int | str:
        return campaign.failed_count or ""


def left_out_of(campaign: Campaign) -> int:
    """How many were left out at the start and since."""
    report = campaign.batch.report if campaign.batch else {}
    return sum(report.get("left_out", {}).values())


def placeholder_list() -> SafeString:
    """The placeholders with what each is; a script makes them buttons that type them."""
    known = [(f"{{{name}}}", one.label) for name, one in PLACEHOLDERS.items()]
    return render_to_string("admin/office/_placeholders.html", {"placeholders": known})


def address(page: str, campaign: Campaign) -> str:
    return reverse(f"admin:attendees_campaign_{page}", args=[campaign.pk])


def outbox_of(campaign: Campaign, request: HttpRequest) -> str:
    """The list of its letters, for who may read the outbox."""
    if not (campaign.batch_id and request.user.has_perm("mailing.view_message")):
        return ""
    return office_list("mailing.message", batch__id__exact=campaign.batch_id)
