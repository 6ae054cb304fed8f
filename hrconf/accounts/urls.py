"""Addresses of signing in and out. Each is named: allauth brings more than we open."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as apps
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from hrconf.accounts import views
from hrconf.accounts.views import office_only

FROM_LINK = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$"

password_urls = [
    path("change/", views.password_change, name="account_change_password"),
    path("reset/", views.password_link, name="account_reset_password"),
    path("reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

app_urls = [
    path("activate/", office_only(apps.activate_totp), name="mfa_activate_totp"),
    path("deactivate/", office_only(apps.deactivate_totp), name="mfa_deactivate_totp"),
]

recovery_urls = [
    path("", office_only(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "generate/",
        office_only(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "download/",
        office_only(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]

passkey_urls = [
    path("", office_only(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("add/", office_only(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "reauthenticate/",
        office_only(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("keys/<int:pk>/remove/", office_only(views.remove_passkey), name="mfa_remove_webauthn"),
    path("keys/<int:pk>/edit/", office_only(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
]

factor_urls = [
    path("", office_only(factors.index), name="mfa_index"),
    path("authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", office_only(factors.reauthenticate), name="mfa_reauthenticate"),
    path("totp/", include(app_urls)),
    path("recovery-codes/", include(recovery_urls)),
    path("webauthn/", include(passkey_urls)),
]

urlpatterns = [
    path("login/", views.office_sign_in, name="account_login"),
    path("login/code/", views.code_request, name="account_request_login_code"),
    path("login/code/confirm/", views.code_entry, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", office_only(account.reauthenticate), name="account_reauthenticate"),
    re_path(FROM_LINK, account.password_reset_from_key, name="account_reset_password_from_key"),
    path("password/", include(password_urls)),
    path("2fa/", include(factor_urls)),
]
