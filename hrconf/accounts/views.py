"""The pages of signing in: allauth's, behind the gates of this house."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.webauthn import views as passkey_views
from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from hrconf.accounts.adapter import limit_key
from hrconf.lib.wake import wake_on_commit

View = Callable[..., HttpResponse]


def same_time(view: View) -> View:
    """Answer a POST no sooner than after a fixed time: the clock tells nothing.

    Whether an address is known decides whether a row is written and a mail
    queued; both take milliseconds, the floor is far above them.
    """

    @wraps(view)
    def slowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        started = time.monotonic()
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            spent = time.monotonic() - started
            time.sleep(max(0.0, settings.SIGN_IN_FLOOR_SECONDS - spent))
        return response

    return slowed


def office_only(view: View) -> View:
    """For members of the office. A guest gets 404: there is nothing of theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not request.user.is_office:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@method_decorator(same_time, name="dispatch")
class CodeRequest(account_views.RequestLoginCodeView):
    """The guests' door: an e-mail address, and a code is on its way."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if form.member:
            get_adapter().send_office_door_mail(form.member)
        elif not form._user:
            self.pretend()
        return super().form_valid(form)

    def pretend(self) -> None:
        """Reach for the broker as a mail would, should it answer slowly."""
        from hrconf.mailing.tasks import empty_outbox

        wake_on_commit(empty_outbox)


@method_decorator(same_time, name="dispatch")
class PasswordLink(account_views.PasswordResetView):
    """A member of the office asks for a link to choose a password."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        # Not allauth's limit per address alone: a stranger could use it up.
        key = limit_key(self.request, form.cleaned_data["email"])
        refusal = ratelimit.consume_or_429(self.request, action="reset_password", key=key)
        if refusal:
            return refusal
        form.save(self.request)
        return HttpResponseRedirect(self.get_success_url())


class PasswordChange(account_views.PasswordChangeView):
    """A new password. Who has none yet gets a link by e-mail instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_usable_password():
            return HttpResponseRedirect(reverse("account_reset_password"))
        return super().dispatch(request, *args, **kwargs)


class RemovePasskey(passkey_views.RemoveWebAuthnView):
    """A passkey goes, unless it is the last factor of somebody who must have one."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        adapter = get_mfa_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        return super().form_valid(form)


office_sign_in = same_time(account_views.login)
remove_passkey = RemovePasskey.as_view()
code_request = CodeRequest.as_view()
code_entry = account_views.confirm_login_code
password_link = PasswordLink.as_view()
password_change = office_only(PasswordChange.as_view())
