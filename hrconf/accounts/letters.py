"""Mails about a login: through the outbox, at once, in the reader's language."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from hrconf.accounts.models import User

# What allauth announces → the sentence that the owner of the login reads.
NOTICES = {
    "account/email/password_changed": _("The password of your login was changed."),
    "account/email/password_reset": _("A new password was chosen for your login from a link."),
    "mfa/email/totp_activated": _("An authenticator app was set up for your login."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed from your login."),
    "mfa/email/webauthn_added": _("A passkey was added to your login."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your login."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made for your login."),
    "factor_removed": _("The conference office removed the second factor of your login."),
}


def send_letter(
    name: str, email: str, context: dict[str, Any], *, kind: str, language: str
) -> None:
    """Mail templates/account/email/<name>.{subject.txt,txt,html} to one address."""
    with translation.override(language):
        context = {"language": language, "base_url": settings.BASE_URL, **context}
        subject = " ".join(render(name, "subject.txt", context).split())
        text = render(name, "txt", context).strip() + "\n"
        mail = EmailMultiAlternatives(subject, text, to=[email], headers={"X-Kind": kind})
        mail.attach_alternative(render(name, "html", context), "text/html")
        mail.send()


def render(name: str, part: str, context: dict[str, Any]) -> str:
    return render_to_string(f"account/email/{name}.{part}", context)


def send_notice(user: User, event: str) -> None:
    """Tell the owner what happened to their login, should it not have been them."""
    context = {"happened": NOTICES[event], "at": timezone.now()}
    send_letter("notice", user.email, context, kind="login_notice", language=user.language)
