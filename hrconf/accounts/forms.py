"""What people type to sign in."""

import hashlib

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from hrconf.accounts.adapter import limit_key
from hrconf.accounts.guests import find_login
from hrconf.accounts.models import User


def as_code(field: forms.Field, label: str, help_text: str = "") -> None:
    """Make a field one for a code: digits on a phone, filled in from the mail."""
    field.label, field.help_text = label, help_text
    field.widget.attrs = {
        "autocomplete": "one-time-code",
        "autocapitalize": "off",
        "autofocus": True,
        "inputmode": "numeric",
        "spellcheck": "false",
        "class": "code-input",
    }


class CodeRequestForm(account_forms.RequestLoginCodeForm):
    """Where shall we send the code? Says nothing about who we know."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The address your invitation was sent to."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def clean_email(self) -> str:
        """Find the login. The code goes to the address we know, never to the one typed."""
        email = self.cleaned_data["email"].strip().lower()
        key = limit_key(context.request, email)
        if not ratelimit.consume(context.request, action="request_login_code", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        found = find_login(email)
        self.member = found if found and found.is_office else None
        self._user = None if self.member else found
        return found.email if found else email


class CodeForm(account_forms.ConfirmLoginCodeForm):
    """The code of the e-mail."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        as_code(self.fields["code"], _("Code"), _("Eight digits, such as 1234-5678."))


class OfficeSignInForm(account_forms.LoginForm):
    """E-mail and password of the office."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label, password.help_text = _("E-mail"), _("Password"), ""
        login.widget.attrs = {"autocomplete": "username", "type": "email", "autofocus": True}
        password.widget.attrs.pop("placeholder", None)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in, or go on to the second factor; either way the session has its hours."""
        response = super().login(request, redirect_url)
        request.session.set_expiry(settings.OFFICE_SESSION_SECONDS)
        return response


class PasswordLinkForm(account_forms.ResetPasswordForm):
    """Where shall we send the link? Only the office has passwords."""

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        found = User.objects.filter(email=email, is_active=True)
        self.users = [user for user in found if user.is_office]
        return email


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    """A password of one's own, chosen from a link."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        label_new_password(self)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """A new password for the old."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        current = self.fields["oldpassword"]
        current.label, current.help_text = _("Current password"), ""
        current.widget.attrs.pop("placeholder", None)
        label_new_password(self)


def label_new_password(form: forms.Form) -> None:
    first, again = form.fields["password1"], form.fields["password2"]
    first.label, again.label = _("New password"), _("The same again")
    rules = [[text] for text in password_validators_help_texts()]
    first.help_text = format_html_join(" ", "{}", rules)
    for field in (first, again):
        field.widget.attrs.pop("placeholder", None)


class ConfirmPasswordForm(account_forms.ReauthenticateForm):
    """The password again, before something delicate."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label, field.help_text = _("Password"), ""
        field.widget.attrs = {"autocomplete": "current-password", "autofocus": True}


APP_CODE = _("Code of your app, or a recovery code")


# allauth remembers a used code for one period; with a tolerance of one period
# on either side it is good for three.
USED_CODE_SECONDS = 120


class TypedFactor(forms.Form):
    """A code that works once."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        as_code(self.fields["code"], APP_CODE)

    def clean_code(self) -> str:
        code = super().clean_code()
        digest = hashlib.sha256(normalize_user_code(code).encode()).hexdigest()
        if not cache.add(f"factor-used:{self.user.pk}:{digest}", 1, USED_CODE_SECONDS):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class FactorForm(TypedFactor, factor_forms.AuthenticateForm):
    """The second factor, typed."""


class ConfirmFactorForm(TypedFactor, factor_forms.ReauthenticateForm):
    """The second factor again, before something delicate."""


class NewAppForm(totp_forms.ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        as_code(self.fields["code"], _("Code that the app shows"), _("Six digits."))


class PasskeyName(forms.Form):
    """A name to tell one passkey from another."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("To tell it from another one, such as “Office laptop”.")
        self.fields["name"].max_length = 100
        self.fields["name"].widget.attrs["maxlength"] = 100


class NewPasskeyForm(PasskeyName, passkey_forms.AddWebAuthnForm):
    """A new passkey."""


class PasskeyForm(PasskeyName, passkey_forms.EditWebAuthnForm):
    """A passkey by another name."""
