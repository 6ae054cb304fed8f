"""Logins and roles in the office: organizers make logins, nobody edits their own."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, MultipleDropdownFilter
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from hrconf.accounts.factors import FACTORS
from hrconf.accounts.models import User
from hrconf.accounts.roles import Role
from hrconf.accounts.services import (
    mail_password_link,
    may_manage,
    reset_second_factor,
    set_roles,
)
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, two_lines

# allauth's own lists: a login has one address, and secrets are for nobody's eyes.
for _model in (EmailAddress, Authenticator):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)
if admin.site.is_registered(Group):
    admin.site.unregister(Group)


class UserForm(forms.ModelForm):
    """A login with its roles; there is no password in it."""

    roles = forms.MultipleChoiceField(
        label=_("roles"),
        choices=Role.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Whoever has a role signs in to the office with a password. Guests have none."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "roles" in self.fields:
            self.fields["roles"].initial = sorted(self.instance.role_names)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class RoleFilter(MultipleDropdownFilter):
    """Who holds one of the roles."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return Role.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = [name for name in self.value() or [] if name]
        return queryset.filter(groups__name__in=chosen).distinct() if chosen else queryset


@admin.register(User)
class UserAdmin(OfficeAdmin):
    form = UserForm
    list_display = ["who", "roles", "second_factor", "language", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_staff", "is_active", ("language", ChoicesDropdownFilter)]
    search_fields = ["email", "name"]
    search_help_text = _("Name or e-mail")
    ordering = ["-is_staff", "email"]
    readonly_fields = ["second_factor", "last_login", "date_joined"]
    actions = ["send_password_link", "remove_second_factor"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        found = super().get_queryset(request).prefetch_related("groups")
        return found.annotate(has_second_factor=Exists(factors))

    # Who may do what: see services.may_manage -------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_manage(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # whoever leaves is made inactive; what they did keeps their name

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list:
        who = {"fields": ["email", ("name", "language"), "roles"]}
        if obj is None:
            return [(None, who)]
        access = ["is_active", *(["is_superuser"] if request.user.is_superuser else [])]
        history = {"fields": ["second_factor", ("last_login", "date_joined")]}
        return [(None, {"fields": [*who["fields"], *access]}), (_("History"), history)]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list:
        fields = list(super().get_readonly_fields(request, obj))
        # Another address would be another person's way in.
        return fields if obj is None or request.user.is_superuser else [*fields, "email"]

    # Writing -----------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: User, form: UserForm, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        login = form.instance
        set_roles(login, form.cleaned_data["roles"])
        if login.is_active and login.is_office and not login.has_usable_password():
            mail_password_link(login, by=request.user)
            sent = gettext("A link to choose a password is on its way to %s.")
            self.message_user(request, sent % login.email)

    # Columns -------------------------------------------------------------------------

    @admin.display(description=pgettext_lazy("of a person", "name"), ordering="email")
    def who(self, login: User) -> str:
        return two_lines(login.name or login.email, login.email if login.name else "")

    @admin.display(description=_("roles"))
    def roles(self, login: User) -> str:
        if login.is_superuser:
            return badge(gettext("Superuser"), "note")
        names = {group.name for group in login.groups.all()}
        held = [str(role.label) for role in Role if role.value in names]
        return ", ".join(held) or gettext("Guest")

    @admin.display(description=_("second factor"), boolean=True, ordering="has_second_factor")
    def second_factor(self, login: User) -> bool:
        return login.has_second_factor

    # Actions --------------------------------------------------------------------------

    @admin.action(description=_("Mail a link to choose a password"), permissions=["change"])
    def send_password_link(self, request: HttpRequest, logins: QuerySet) -> None:
        done = self.each(request, logins, mail_password_link)
        text = ngettext("%d link is on its way.", "%d links are on their way.", done) % done
        self.tell(request, done, text)

    @admin.action(description=_("Remove the second factor (lost phone)"), permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, logins: QuerySet) -> None:
        done = self.each(request, logins, reset_second_factor)
        text = ngettext(
            "The second factor of %d login is removed.",
            "The second factors of %d logins are removed.",
            done,
        )
        self.tell(request, done, text % done)

    def each(self, request: HttpRequest, logins: QuerySet, deed: Any) -> int:
        """Do a deed to each login; say why where it is refused. Return how many were done."""
        done = 0
        for login in logins:
            try:
                deed(login, by=request.user)
            except ValidationError as refusal:  # DomainError is one
                text = f"{login.email}: {' '.join(refusal.messages)}"
                self.message_user(request, text, messages.ERROR)
            else:
                self.log_change(request, login, deed.__name__)
                done += 1
        return done

    def tell(self, request: HttpRequest, done: int, text: str) -> None:
        if done:
            self.message_user(request, text)


@admin.register(Group)
class RoleAdmin(LookOnly, OfficeAdmin):
    """The roles. What each may do stands in roles.py and follows every `migrate`."""

    list_display = ["role", "members"]
    fields = ["role", "may"]
    readonly_fields = ["role", "may"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(member_count=Count("user"))

    @admin.display(description=_("role"), ordering="name")
    def role(self, group: Group) -> str:
        return str(dict(Role.choices).get(group.name, group.name))

    @admin.display(description=_("logins"), ordering="member_count")
    def members(self, group: Group) -> int:
        return group.member_count

    @admin.display(description=_("may"))
    def may(self, group: Group) -> str:
        granted = group.permissions.select_related("content_type").order_by("content_type", "pk")
        return "\n".join(str(permission) for permission in granted)
