"""Who may do what at every address: the table that tests/test_role_matrix.py proves.

A row says what GET and POST answer to each of WHO. It is written from what the
office wants, not computed from the permissions in the code. When you add a route,
add its row; when you change who may, change it here too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from hrconf.accounts.roles import Role

OFFICE = [role.value for role in Role] + ["superuser"]
# "owner" is a guest with a login, an invitation, a registration.
WHO = ["anonymous", "guest", "owner", *OFFICE]
Answers = dict[str, int]

O, S, D, J, P, R = list(Role)  # noqa: E741  the columns of the admin's table


def everyone(status: int) -> Answers:
    return dict.fromkeys(WHO, status)


def office_only(status: int, guests: int, anonymous: int = 302) -> Answers:
    """The same for the whole office; 302 sends who has not signed in to do so."""
    answers = {"anonymous": anonymous, "guest": guests, "owner": guests}
    return answers | dict.fromkeys(OFFICE, status)


def signed_in(status: int, anonymous: int = 302) -> Answers:
    return everyone(status) | {"anonymous": anonymous}


def in_admin(roles: Iterable[str], status: int = 200) -> Answers:
    """Of the office only these roles (and superusers); guests are sent to sign in there."""
    allowed = dict.fromkeys([*roles, "superuser"], status)
    return office_only(403, guests=302) | allowed


GUESTS_REFUSED = dict.fromkeys(["guest", "owner"], 403)
NOBODY = office_only(403, guests=302)  # not even a superuser
WHOLE_OFFICE = office_only(200, guests=302)


@dataclass(frozen=True)
class Route:
    """An address, what it needs, and its answers; `foreign` is somebody else's object."""

    name: str
    get: Answers
    post: Answers
    at: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    foreign: dict[str, Any] | None = None
    foreign_get: Answers = field(default_factory=lambda: everyone(404))
    foreign_post: Answers = field(default_factory=lambda: everyone(404))


# What an address needs: functions of the world of the test and of who asks ----------

Needs = Callable[[Any, Any], Any]


def the(path: str) -> Needs:
    """An attribute of the world, as in `the("edition.slug")`."""
    return lambda world, user: attrgetter(path)(world)


def own(maker: str) -> Needs:
    """The key of a row made for who asks, as in `own("job")`."""
    return lambda world, user: getattr(world, f"make_{maker}")(user).pk


def foreign(maker: str) -> Needs:
    """The key of the same for somebody else."""
    return lambda world, user: getattr(world, f"make_{maker}")(world.somebody).pk


EDITION = {"edition": the("edition.slug")}
# Links live until their edition is over.
AHEAD = {"edition": the("ahead.slug")}
HIDDEN = {"edition": the("hidden.slug")}


def public(name: str, foreign_post: int = 404, **more: Any) -> Route:
    """A page that everybody reads alike; of an edition that is not public there is none."""
    return Route(
        name,
        get=everyone(200),
        post=everyone(405),
        at=EDITION | more,
        foreign=HIDDEN | more,
        foreign_post=everyone(foreign_post),
    )


def personal_link(name: str, token: str, foreign: str) -> Route:
    """A page that a link opens, whoever has it; a link of another edition opens nothing."""
    return Route(
        name,
        get=everyone(200),
        post=everyone(422),
        at=AHEAD | {"token": the(token)},
        foreign=AHEAD | {"token": the(foreign)},
    )


def of_call(name: str, link: str, get: int = 200, post: int = 422, **more: Any) -> Route:
    """A page of the call that a link opens, whoever has it."""
    return Route(
        f"projects:{name}",
        everyone(get),
        everyone(post),
        at=AHEAD | more | {"token": lambda world, user: world.call_tokens[link][0]},
        foreign=AHEAD | more | {"token": lambda world, user: world.call_tokens[link][1]},
    )


def beside_invitation(name: str, get: int, post: int) -> Route:
    """Something else that the link of an invitation opens."""
    tokens = AHEAD | {"token": the("invitation_token")}
    foreign = AHEAD | {"token": the("foreign_invitation_token")}
    return Route(f"attendees:{name}", everyone(get), everyone(post), at=tokens, foreign=foreign)


def of_office(name: str, get: int = 200, post: int = 200, **at: Any) -> Route:
    """A page about one's own login of the office; guests have none of it."""
    return Route(name, office_only(get, guests=404), office_only(post, guests=404), at=at)


def own_passkey(name: str, post: int) -> Route:
    return Route(
        name,
        office_only(200, guests=404),
        office_only(post, guests=404),
        at={"pk": own("passkey")},
        foreign={"pk": foreign("passkey")},
        foreign_get=signed_in(404),
        foreign_post=signed_in(404),
    )


# The public, and personal links --------------------------------------------------------

PUBLIC = [
    Route("healthz", everyone(503), everyone(405)),  # no worker, no beat in this test
    Route("home", everyone(302), everyone(405)),
    Route("set_language", everyone(302), everyone(302)),
    Route("events:home", everyone(200), everyone(405)),
    public("events:edition"),
    public("events:schedule"),
    public("events:schedule_day", day="2017-11-08"),
    public("events:schedule_ics"),
    public("events:schedule_xml"),
    public("events:schedule_json"),
    public("events:schedule_words"),
    public("events:schedule_entries"),
    public("events:schedule_texts"),
    public("events:release_now"),
    public("events:my_schedule"),
    public("events:offline"),
    public("events:manifest"),
    public("events:service_worker"),
    # Without the sessions they are to show these two have nothing to show.
    Route("events:my_code", everyone(404), everyone(405), at=EDITION, foreign=HIDDEN),
    Route("events:my_choice", everyone(404), everyone(405), at=EDITION, foreign=HIDDEN),
    Route(
        "events:my_sync",
        everyone(200),
        signed_in(400, anonymous=401),  # what the test sends is no list
        at=EDITION,
        foreign=HIDDEN,
    ),
    Route(
        "events:my_settings",
        everyone(405),
        signed_in(200, anonymous=401),
        at=EDITION,
        foreign=HIDDEN,
    ),
    Route(
        "events:my_calendar",
        everyone(200),
        everyone(405),
        at=EDITION | {"token": the("favourites_token")},
        foreign=EDITION | {"token": the("foreign_favourites_token")},
        foreign_post=everyone(405),
    ),
    public("events:changes"),
    public("events:changes_atom"),
    public("events:news", number=1),
    public("events:release", number=1),
    public("events:release_day", number=1, day="all"),
    public("events:session", code="opening"),
    public("events:session_ics", code="opening"),
    public("events:session_xml", code="opening"),
    public("events:session_json", code="opening"),
    Route(
        "events:session_feedback",
        everyone(200),
        everyone(422),  # no stars
        at=EDITION | {"code": "opening"},
        foreign=HIDDEN | {"code": "opening"},
    ),
    public("events:plan", picture=the("plan")),
    public("events:schedule_embed"),
    public("events:speakers"),
    public("events:speaker", code="wang-jianguo"),
    public(
        "events:portrait",
        code="wang-jianguo",
        picture=the("portrait_name"),
    ),
    # The call.
    public("projects:call"),
    Route(
        "projects:start",
        everyone(200),
        everyone(422),
        at=AHEAD | {"kind": "team"},
        foreign=HIDDEN | {"kind": "team"},
    ),
    Route("projects:lost_link", everyone(200), everyone(422), at=AHEAD, foreign=HIDDEN),
    of_call("prove", "prove", post=302),
    of_call("application", "application"),
    of_call("receipt", "application", post=405, number=1),
    of_call("own_paper", "application", post=405, file=the("application_paper.pk")),
    of_call("step", "application", step="team"),
    of_call("member", "member"),
    of_call("takeover", "takeover", post=302),
    # The showcase.
    public("projects:directory"),
    public("projects:page", code=the("showcase_page.project.reference")),
    personal_link("projects:own_page", "showcase_token", "foreign_showcase_token"),
    public("events:figures", foreign_post=405),
    public("events:figures_json", foreign_post=405),
    personal_link("attendees:invitation", "invitation_token", "foreign_invitation_token"),
    personal_link("attendees:registration", "registration_token", "foreign_registration_token"),
    personal_link("attendees:delegation", "delegation_token", "foreign_delegation_token"),
    public("attendees:register"),
    Route(
        "attendees:register_as",
        everyone(200),
        everyone(422),
        at=AHEAD | {"kind": "visitor"},
        foreign=HIDDEN | {"kind": "visitor"},
    ),
    Route(
        "attendees:prove",
        everyone(200),
        everyone(302),
        at=AHEAD | {"token": the("proof_token")},
        foreign=AHEAD | {"token": the("foreign_proof_token")},
    ),
    Route(
        "attendees:follow_up",
        everyone(200),
        everyone(302),
        at=AHEAD | {"token": the("registration_token"), "form": "travel"},
        foreign=AHEAD | {"token": the("foreign_registration_token"), "form": "travel"},
    ),
    Route(
        "attendees:waiting",
        everyone(200),
        everyone(302),
        at=AHEAD | {"token": the("registration_token")},
        foreign=AHEAD | {"token": the("foreign_registration_token")},
    ),
    Route(
        "attendees:seats",
        everyone(200),
        everyone(405),
        at=AHEAD | {"token": the("registration_token")},
        foreign=AHEAD | {"token": the("foreign_registration_token")},
    ),
    Route(
        "attendees:seat",
        everyone(200),
        everyone(302),
        at=AHEAD | {"token": the("registration_token"), "code": the("talk.code")},
        foreign=AHEAD | {"token": the("foreign_registration_token"), "code": the("talk.code")},
    ),
    Route(
        "attendees:seat_door",
        everyone(200) | {"owner": 302},  # who has signed in goes on to their own page
        everyone(422),
        at=AHEAD | {"code": the("talk.code")},
        foreign=HIDDEN | {"code": the("talk.code")},
    ),
    personal_link("attendees:visa", "registration_token", "foreign_registration_token"),
    Route(
        "attendees:visa_letter",
        everyone(200),
        everyone(405),
        at=AHEAD | {"token": the("registration_token")},
        foreign=AHEAD | {"token": the("foreign_registration_token")},
        foreign_post=everyone(404),
    ),
    public("attendees:visa_check"),
    public("attendees:visa_checked", code=the("visa_letter.code")),
    Route(
        "attendees:own_file",
        everyone(200),
        everyone(405),
        at=AHEAD | {"token": the("registration_token"), "pk": the("answer_file.pk")},
        foreign=AHEAD | {"token": the("registration_token"), "pk": the("foreign_answer_file.pk")},
        foreign_post=everyone(405),
    ),
    Route(
        "attendees:own_data",
        get=everyone(302),
        post=everyone(200),
        at=AHEAD | {"token": the("registration_token")},
        foreign=AHEAD | {"token": the("foreign_registration_token")},
    ),
    beside_invitation("invitation_opened", get=405, post=204),
    beside_invitation("invitation_letter", get=200, post=405),
    beside_invitation("invitation_calendar", get=200, post=405),
    beside_invitation("invitation_address", get=200, post=422),
    personal_link(
        "attendees:registration_address", "registration_token", "foreign_registration_token"
    ),
    # The signature of a provider decides, and here none has a secret.
    Route("bounces", everyone(405), everyone(404), at={"provider": "json"}),
    Route(
        "mailing:unsubscribe",
        get=everyone(200),
        post=everyone(200),
        at={"token": the("unsubscribe_token")},
        data={"List-Unsubscribe": "One-Click"},
        foreign={"token": "made-up"},
    ),
]

# Signing in ---------------------------------------------------------------------------

AT_HOME = signed_in(302, anonymous=200)  # who is signed in is sent on
LINK_KEY = {"uidb36": "1", "key": "nonsense"}

ACCOUNTS = [
    Route("account_login", AT_HOME, AT_HOME),
    Route("account_request_login_code", AT_HOME, AT_HOME),
    Route("account_confirm_login_code", everyone(302), everyone(302)),
    Route("account_logout", signed_in(200), everyone(302)),
    of_office("account_reauthenticate"),
    of_office("account_change_password"),
    Route("account_reset_password", everyone(200), everyone(200)),
    Route("account_reset_password_done", everyone(200), everyone(405)),
    Route("account_reset_password_from_key", everyone(200), everyone(200), at=LINK_KEY),
    Route("account_reset_password_from_key_done", everyone(200), everyone(405)),
    Route("mfa_authenticate", everyone(302), everyone(302)),
    of_office("mfa_index", post=405),
    of_office("mfa_reauthenticate", get=302, post=302),  # they have no factor: to the password
    of_office("mfa_activate_totp"),
    of_office("mfa_deactivate_totp", get=404, post=404),
    of_office("mfa_view_recovery_codes", get=404, post=405),
    of_office("mfa_generate_recovery_codes"),
    of_office("mfa_download_recovery_codes", get=404, post=404),
    of_office("mfa_list_webauthn", post=405),
    of_office("mfa_add_webauthn"),
    of_office("mfa_reauthenticate_webauthn", get=302, post=302),
    own_passkey("mfa_remove_webauthn", post=302),
    own_passkey("mfa_edit_webauthn", post=200),
]

# Long work: each sees what they ordered --------------------------------------------------

OWN_JOB = {"pk": own("job")}
FOREIGN_JOB = {
    "foreign": {"pk": foreign("job")},
    "foreign_get": signed_in(404),
    "foreign_post": signed_in(405),
}
MAY_EXPORT_PEOPLE = dict.fromkeys([O, "superuser"], 200)

JOBS = [
    Route("jobs:list", signed_in(200), signed_in(405)),
    Route("jobs:job", signed_in(200), signed_in(405), at=OWN_JOB, **FOREIGN_JOB),
    # Besides having ordered it, one must still be allowed to have it.
    Route(
        "jobs:download",
        signed_in(403) | MAY_EXPORT_PEOPLE,
        signed_in(405),
        at=OWN_JOB,
        **FOREIGN_JOB,
    ),
]

# Agreements and their report -------------------------------------------------------------

READERS = signed_in(403) | dict.fromkeys([O, S, R, "superuser"], 200)
WRONG_METHOD = signed_in(403) | dict.fromkeys([O, S, R, "superuser"], 405)
# It prepares a large file; none is named here.
NO_FILE_NAMED = signed_in(403) | dict.fromkeys([O, S, R, "superuser"], 400)
NOT_THERE = signed_in(403) | dict.fromkeys([O, S, R, "superuser"], 404)
AGREEMENT = EDITION | {"reference": the("agreement.reference")}
ELSEWHERE = EDITION | {"reference": the("hidden_agreement.reference")}

AGREEMENTS = [
    Route("agreements:list", READERS, WRONG_METHOD, at=EDITION),
    Route("agreements:report", READERS, NO_FILE_NAMED, at=EDITION),
    Route(
        "agreements:agreement",
        READERS,
        WRONG_METHOD,
        at=AGREEMENT,
        foreign=ELSEWHERE,
        foreign_get=NOT_THERE,
        foreign_post=WRONG_METHOD,
    ),
]

# Buses of visits -----------------------------------------------------------------------------

GUIDES = signed_in(403) | dict.fromkeys([O, S, D, R, "superuser"], 200)
NO_POST = signed_in(403) | dict.fromkeys([O, S, D, R, "superuser"], 405)
MAY_TICK = signed_in(403) | dict.fromkeys([O, S, D, "superuser"], 302)
NO_BUS = signed_in(403) | dict.fromkeys([O, S, D, R, "superuser"], 404)
BUS = AHEAD | {"bus": the("bus.pk")}
FOREIGN_BUS = {
    "foreign": AHEAD | {"bus": the("foreign_bus.pk")},
    "foreign_get": NO_BUS,
}

BUSES = [
    Route("attendees:buses", GUIDES, NO_POST, at=AHEAD),
    Route(
        "attendees:boarding",
        GUIDES,
        MAY_TICK,
        at=BUS,
        foreign=FOREIGN_BUS["foreign"],
        foreign_get=NO_BUS,
        foreign_post=signed_in(403) | dict.fromkeys([O, S, D, "superuser"], 404),
    ),
    Route("attendees:boarding_pdf", GUIDES, NO_POST, at=BUS, foreign_post=NO_POST, **FOREIGN_BUS),
    Route("attendees:boarding_xlsx", GUIDES, NO_POST, at=BUS, foreign_post=NO_POST, **FOREIGN_BUS),
    Route(
        "attendees:briefing",
        GUIDES,
        NO_POST,
        at=AHEAD | {"code": the("bus.session.code")},
        foreign=AHEAD | {"code": the("foreign_bus.session.code")},
        foreign_get=NO_BUS,
        foreign_post=NO_POST,
    ),
]

# The office: its own pages -----------------------------------------------------------------

ORGANIZERS = in_admin([O])
DEEDS = [
    "attendees_delegation_mail_leader",
    "attendees_invitation_invite",
    "attendees_invitation_remind",
    "attendees_invitation_withdraw",
    "attendees_invitation_note",
    "attendees_invitation_owner",
    "attendees_invitation_deadline",
    "attendees_invitation_again",
    "attendees_registration_approve",
    "attendees_registration_decline",
    "attendees_registration_waitlist",
    "attendees_registration_remind",
    "attendees_registration_cancel",
    "attendees_registration_complete",
    "attendees_registration_ask",
    "attendees_visarequest_issue",
    "attendees_visarequest_decline",
    "attendees_visarequest_revoke",
    "attendees_visarequest_replace",
    "attendees_registration_line",
    "attendees_registration_seat",
    "attendees_seat_bus",
    "attendees_seat_take_back",
    "attendees_wait_offer",
    "attendees_wait_lengthen",
    "attendees_wait_front",
    "attendees_wait_take_off",
    "attendees_answerchange_accept",
    "attendees_answerchange_refuse",
]
PERSON = {"pk": the("registration.person.pk")}
MESSAGE = {"pk": the("message.pk")}
FORM = {"pk": the("form.pk")}
AUDIENCE = {"pk": the("campaign.audience.pk")}
RULE = {"pk": the("rule.pk")}
CAMPAIGN = {"pk": the("campaign.pk")}
FORM_DESIGNED = in_admin([O], 302)
EDITION_KEY = {"pk": the("edition.pk")}
AGREEMENT_DEEDS = ["sign", "register", "fund", "cancel"]

OFFICE_PAGES = [
    Route("admin:index", WHOLE_OFFICE, WHOLE_OFFICE),
    Route("admin:login", everyone(302) | GUESTS_REFUSED, everyone(302) | GUESTS_REFUSED),
    Route("admin:logout", office_only(405, guests=302), everyone(302)),
    Route("admin:password_change", everyone(302), everyone(302)),
    Route("admin:password_change_done", WHOLE_OFFICE, office_only(405, guests=302)),
    Route("admin:jsi18n", WHOLE_OFFICE, office_only(405, guests=302)),
    Route("admin:search", WHOLE_OFFICE, WHOLE_OFFICE),
    Route("admin:autocomplete", NOBODY, office_only(405, guests=302)),
    *(Route(f"admin:{deed}", ORGANIZERS, ORGANIZERS) for deed in DEEDS),
    *(
        # None is chosen: back to the list.
        Route(f"admin:agreements_agreement_{deed}", in_admin([S], 302), in_admin([S], 302))
        for deed in AGREEMENT_DEEDS
    ),
    Route("admin:events_edition_work", in_admin([O, S, D, J, R]), in_admin([O, S, D, J, R])),
    Route("admin:events_edition_editor", in_admin([O, S, D, J, R]), in_admin([O, S, D, J, R], 405)),
    Route(
        "admin:events_edition_editor_state",
        in_admin([O, S, D, J, R]),
        in_admin([O, S, D, J, R], 405),
        at=EDITION_KEY,
    ),
    # Nothing is asked about, nothing is said.
    Route(
        "admin:events_edition_editor_check",
        in_admin([O, S, D, J, R], 400),
        in_admin([O, S, D, J, R], 405),
        at=EDITION_KEY,
    ),
    Route(
        "admin:events_edition_editor_do",
        in_admin([O, S, D, J, R], 405),
        in_admin([O, S, D, J, R], 400),
        at=EDITION_KEY,
    ),
    Route(
        "admin:events_edition_editor_session",
        in_admin([O, S, D, J, R]),
        ORGANIZERS,
        at={"pk": the("programmed.pk")},
    ),
    Route("admin:events_edition_editor_block", ORGANIZERS, ORGANIZERS, at=EDITION_KEY),
    Route(
        "admin:office_views",
        in_admin([O, D, R]),
        in_admin([O, D, R]),
        at={"label": "attendees.registration"},
        foreign={"label": "attendees.answer"},
        foreign_get=office_only(404, guests=302),
        foreign_post=office_only(404, guests=302),
    ),
    Route("admin:attendees_person_export", ORGANIZERS, ORGANIZERS),
    Route("admin:attendees_person_erase", ORGANIZERS, ORGANIZERS, at=PERSON),
    Route("admin:attendees_person_own_data", ORGANIZERS, in_admin([O], 302), at=PERSON),
    # Without a reason nothing is revealed.
    Route(
        "admin:attendees_visarequest_reveal",
        ORGANIZERS,
        in_admin([O], 422),
        at={"pk": the("visa_letter.request_id")},
    ),
    Route("admin:attendees_registration_export", ORGANIZERS, ORGANIZERS),
    Route("admin:attendees_registration_charts", in_admin([O, R]), in_admin([O, R])),
    Route("admin:attendees_invitation_export", ORGANIZERS, ORGANIZERS),
    Route("admin:attendees_seat_export", ORGANIZERS, ORGANIZERS),
    Route("admin:events_bus_fill", in_admin([O], 404), in_admin([O], 404)),  # of no visit
    *(
        Route(
            f"admin:attendees_registration_{name}",
            in_admin([O, R]),
            in_admin([O, R]),
            at={"pk": the("registration.pk"), "file": the(f"{mine}.pk")},
            foreign={"pk": the("registration.pk"), "file": the(f"foreign_{mine}.pk")},
            foreign_get=in_admin([O, R], 404),
            foreign_post=in_admin([O, R], 404),
        )
        for name, mine in [("file", "answer_file"), ("picture", "answer_picture")]
    ),
    Route("admin:attendees_category_places", in_admin([O, R]), in_admin([O, R])),
    Route(
        "admin:attendees_category_mails",
        in_admin([O, R]),
        in_admin([O, R]),
        at={"pk": the("registration.category.pk")},
    ),
    Route("admin:attendees_registration_deciding", ORGANIZERS, ORGANIZERS),
    Route(
        "admin:attendees_registration_decide",
        ORGANIZERS,
        ORGANIZERS,
        at={"pk": the("registration.pk")},
        foreign={"pk": lambda world, user: 10**9},
        foreign_get=in_admin([O], 404),
        foreign_post=in_admin([O], 404),
    ),
    Route(
        "admin:attendees_registration_answers",
        ORGANIZERS,
        in_admin([O], 302),
        at={"pk": the("registration.pk"), "form": "travel"},
        foreign={"pk": the("registration.pk"), "form": "unknown"},
        foreign_get=in_admin([O], 404),
        foreign_post=in_admin([O], 404),
    ),
    Route("admin:attendees_duplicate_find", in_admin([O], 405), in_admin([O], 302)),
    Route("admin:attendees_guestlist_template", in_admin([O, R]), in_admin([O, R])),
    Route("admin:projects_showcasepage_order", in_admin([O, J], 405), in_admin([O, J], 302)),
    Route("admin:projects_projectcode_draw", in_admin([O, J], 405), in_admin([O, J], 302)),
    Route("admin:projects_projectcode_draw_many", in_admin([O, J]), in_admin([O, J], 422)),
    Route("admin:projects_application_mail_link", in_admin([O, J]), in_admin([O, J])),
    Route("admin:projects_projectcode_export", in_admin([O, J]), in_admin([O, J])),
    Route(
        "admin:projects_application_receipt",
        in_admin([O, S, J, R]),
        in_admin([O, S, J, R]),
        at={"pk": the("application.pk"), "number": 1},
    ),
    Route("admin:projects_projectlink_find", in_admin([O, J], 405), in_admin([O, J], 302)),
    Route(
        "admin:projects_project_file",
        in_admin([O, S, J, R]),
        in_admin([O, S, J, R]),
        at={"pk": the("paper.project_id"), "file": the("paper.pk")},
        foreign={"pk": the("applied.pk"), "file": the("paper.pk")},
        foreign_get=in_admin([O, S, J, R], 404),
        foreign_post=in_admin([O, S, J, R], 404),
    ),
    Route("admin:projects_projectlist_template", in_admin([O, S, J, R]), in_admin([O, S, J, R])),
    Route(  # of a list whose file is gone
        "admin:projects_projectlist_report",
        in_admin([O, S, J, R], 302),
        in_admin([O, S, J, R], 302),
        at={"pk": lambda world, user: world.row("projects.projectlist").pk},
    ),
    Route("admin:attendees_form_design", in_admin([O, R]), FORM_DESIGNED, at=FORM),
    Route("admin:attendees_form_preview", in_admin([O, R]), in_admin([O, R]), at=FORM),
    Route("admin:attendees_form_copy", ORGANIZERS, ORGANIZERS, at=FORM),
    Route("admin:attendees_person_draw_up", ORGANIZERS, ORGANIZERS),
    Route("admin:attendees_invitation_follow_up", in_admin([O, R]), in_admin([O, R])),
    Route("admin:attendees_invitation_funnel", in_admin([O, R]), in_admin([O, R])),
    Route("admin:attendees_invitation_funnel_file", in_admin([O, R]), in_admin([O, R])),
    Route(
        "admin:attendees_invitation_letter",
        in_admin([O, R]),
        in_admin([O, R]),
        at={"pk": the("invitation.pk")},
        foreign={"pk": lambda world, user: 10**9},
        foreign_get=in_admin([O, R], 404),
        foreign_post=in_admin([O, R], 404),
    ),
    Route("admin:attendees_audience_people", in_admin([O, R]), in_admin([O, R]), at=AUDIENCE),
    Route("admin:attendees_campaign_preview", in_admin([O, R]), in_admin([O, R]), at=CAMPAIGN),
    Route("admin:attendees_campaign_send", in_admin([O, R]), ORGANIZERS, at=CAMPAIGN),
    Route(
        "admin:attendees_campaign_deed",
        office_only(405, guests=302),
        in_admin([O], 302),
        at=CAMPAIGN,
    ),
    Route("admin:attendees_reminderrule_next", in_admin([O, R]), in_admin([O, R]), at=RULE),
    Route("admin:mailing_message_letter", ORGANIZERS, ORGANIZERS, at=MESSAGE),
    Route("admin:mailing_message_source", ORGANIZERS, ORGANIZERS, at=MESSAGE),
    Route(
        "admin:mailing_message_file",
        ORGANIZERS,
        ORGANIZERS,
        at=MESSAGE | {"file_pk": the("file.pk")},
        foreign=MESSAGE | {"file_pk": the("foreign_file.pk")},
        foreign_get=in_admin([O], 404),
        foreign_post=in_admin([O], 404),
    ),
    Route(
        "admin:mailing_message_doubt",
        office_only(405, guests=302),
        in_admin([O], 302),
        at={"deed": "keep-back"},
    ),
    Route(
        "admin:office_donedeed_undo",
        ORGANIZERS,
        in_admin([O], 302),
        at={"pk": the("done.pk")},
        data={"undo": "1"},
    ),
    Route(
        "admin:mailing_suppression_lift",
        office_only(405, guests=302),
        in_admin([O], 302),
        at={"pk": the("stop.pk")},
        data={"reason": "The mailbox is back"},
    ),
    Route(
        "admin:mailing_message_deed",
        office_only(405, guests=302),
        in_admin([O], 302),
        at=MESSAGE | {"deed": "cancel"},
    ),
]

# The office: its lists ---------------------------------------------------------------------

# O organizer, S staff, D desk, J jury manager, P press, R read only. A superuser may
# what anybody may, and where it says X what nobody else may; "-" is for nobody.
LISTS = """
model                        see     add   change  delete
accounts.user                O       O     O       -
auth.group                   O       -     -       -
mailing.batch                O       -     -       -
office.donedeed             O       -     -       -
mailing.message              O       -     -       -
mailing.suppression          O       -     -       -
mailing.bounce               O       -     -       -
jobs.job                     OSR     -     -       -
jobs.heartbeat               OSR     -     -       -
events.series                OSDJR   O     O       O
events.edition               OSDJR   O     O       O
events.recordedtotal         OSDJR   O     O       O
events.district              OSDJR   O     O       O
events.park                  OSDJR   O     O       O
events.venue                 OSDJR   O     O       O
events.room                  OSDJR   O     O       O
events.feedback              OSDJR   -     -       O
events.booking               OSDJR   -     -       -
events.track                 OSDJR   O     O       O
events.session               OSDJR   O     O       O
events.bus                   OSDJR   O     O       O
events.speaker               OSDJR   O     O       O
events.release               OSDJR   O     -       -
events.scheduleimport        OSDJR   O     O       O
events.plannedrelease        OSDJR   -     -       -
attendees.guestlist          OR      O     O       O
attendees.columnmap          OR      -     -       O
attendees.duplicate          OR      -     O       -
attendees.merge              OR      -     O       -
attendees.erasure            OR      -     -       -
attendees.person             OSDR    O     O       O
attendees.association        OR      O     O       O
attendees.delegation         ODR     O     O       O
attendees.category           OR      O     O       O
attendees.invitation         OR      O     O       -
attendees.registration       ODR     O     O       -
attendees.wait               OR      -     -       -
attendees.answerchange       OR      -     -       -
attendees.seat               OR      -     -       -
attendees.checkin            ODR     -     -       -
attendees.visarequest        OR      -     -       -
attendees.visaletter         OR      -     -       -
attendees.visareveal         OR      -     -       -
attendees.form               OR      O     O       O
attendees.formsection        OR      -     O       -
attendees.formfield          OR      -     O       O
attendees.reminderrule       OR      O     O       O
attendees.audience           OR      O     O       O
attendees.campaign           OR      O     O       O
projects.call                OSJR    OJ    OJ      OJ
projects.callkind            OSJR    OJ    OJ      OJ
projects.projectcode         OSJR    OJ    OJ      OJ
projects.application         OSJR    -     -       -
projects.sector              OSJR    OJ    OJ      OJ
projects.project             OSJR    OJ    OJ      OJ
projects.projectlist         OSJR    OJ    OJ      OJ
projects.projectlink         OSJR    -     OJ      -
projects.showcasepage        OSJR    -     -       -
projects.meeting             OSJR    OJ    OJ      OJ
projects.competition         OSJR    OJ    OJ      OJ
projects.round               OSJR    OJ    OJ      OJ
projects.reviewphase         OSJR    OJ    OJ      OJ
projects.reviewer            OSJR    OJ    OJ      OJ
projects.eligibilityitem     OSJR    OJ    OJ      OJ
projects.selectionquota      OSJR    OJ    OJ      OJ
projects.blindtext           OSJR    OJ    OJ      OJ
projects.decisionletter      OSJR    -     -       -
agreements.party             OSR     S     S       S
agreements.exchangerate      OSR     S     S       S
agreements.agreement         OSR     S     S       -
agreements.agreement/intention OSR  S     S       S
"""


@dataclass(frozen=True)
class OfficeList:
    """A row of LISTS."""

    name: str
    columns: dict[str, str]

    @property
    def label(self) -> str:
        """The model; after a stroke the name says which of its rows are meant."""
        return self.name.partition("/")[0]

    def may(self, deed: str, status: int = 200) -> Answers:
        letters = self.columns[deed]
        if letters == "-":
            return NOBODY
        return in_admin([role for role in Role if LETTERS[role] in letters], status)

    def may_post(self, deed: str) -> Answers:
        """The same for an empty form: most say what is missing, a few need nothing."""
        return self.may(deed, 302 if (self.name, deed) in NEED_NOTHING else 200)


NEED_NOTHING = {
    ("events.release", "add"),
    ("attendees.guestlist", "change"),
    ("events.scheduleimport", "change"),
    ("projects.projectlist", "change"),
    ("projects.projectlink", "change"),
    ("attendees.duplicate", "change"),
    ("attendees.merge", "change"),
}
LETTERS = {O: "O", S: "S", D: "D", J: "J", P: "P", R: "R"}


def lists() -> list[OfficeList]:
    """The rows of LISTS, read from the text."""
    head, *lines = [line.split() for line in LISTS.strip().splitlines()]
    return [OfficeList(line[0], dict(zip(head[1:], line[1:], strict=True))) for line in lines]


# Addresses of Django's admin that lead elsewhere and show nothing.
OF_DJANGO = {"admin:view_on_site", "admin:app_list", "admin/(?P<url>.*)$"}

# The competition.
COMPETITION = [
    personal_link("projects:juror", "juror_token", "foreign_juror_token"),
    Route(
        "projects:juror_paper",
        everyone(200),
        everyone(405),
        at=AHEAD | {"token": the("juror_token"), "file": the("judged_paper.pk")},
        foreign=AHEAD | {"token": the("juror_token"), "file": the("paper.pk")},
        foreign_post=everyone(405),
    ),
    public("projects:winners", foreign_post=405),
    public("projects:reveal", foreign_post=405, round=1),
    public("projects:reveal_state", foreign_post=405, round=1),
    # Nothing is chosen, nobody is named.
    Route(
        "projects:vote",
        everyone(200),
        everyone(422),
        at=EDITION | {"round": 2},
        foreign=HIDDEN | {"round": 2},
    ),
    personal_link("projects:vote_proof", "vote_token", "foreign_vote_token"),
    Route(
        "admin:projects_round_votes",
        in_admin([O, J]),
        in_admin([O, J], 302),
        at={"pk": the("audience.pk")},
    ),
    # Nothing that is asked for: no deed.
    Route(
        "admin:projects_round_chair",
        in_admin([O, J]),
        in_admin([O, J], 422),
        at={"pk": the("final.pk")},
    ),
    Route(
        "admin:projects_round_scores",
        in_admin([O, J]),
        in_admin([O, J], 405),
        at={"pk": the("final.pk")},
    ),
]

# Screening.
PHASE = {"pk": the("phase.pk")}
PROJECT_STEPS = [
    "eligible",
    "shortlist",
    "accept",
    "decline",
    "quiet_accept",
    "quiet_reserve",
    "quiet_decline",
    "enter",
]
SCREENING = [
    personal_link("projects:reviewer", "reviewer_token", "foreign_reviewer_token"),
    Route(
        "projects:reviewer_paper",
        everyone(200),
        everyone(405),
        at=AHEAD | {"token": the("open_reviewer_token"), "file": the("reviewed_paper.pk")},
        foreign=AHEAD | {"token": the("open_reviewer_token"), "file": the("paper.pk")},
        foreign_post=everyone(405),
    ),
    Route(
        "projects:review",
        everyone(200),
        everyone(422),
        at=AHEAD | {"token": the("reviewer_token"), "phase": 1, "project": the("reviewed.pk")},
        foreign=AHEAD
        | {"token": the("reviewer_token"), "phase": 1, "project": the("unreviewed.pk")},
    ),
    # Nothing is chosen.
    Route("admin:projects_project_pipeline", in_admin([O, S, J, R]), in_admin([O, J], 422)),
    Route("admin:projects_project_balance", in_admin([O, S, J, R]), in_admin([O, S, J, R])),
    Route("admin:projects_project_progress", in_admin([O, J]), in_admin([O, J])),
    Route(
        "admin:projects_project_thread",
        in_admin([O, S, J, R]),
        in_admin([O, S, J, R]),
        at={"pk": the("reviewed.pk")},
        foreign={"pk": lambda world, user: 10**9},
        foreign_get=in_admin([O, S, J, R], 404),
        foreign_post=in_admin([O, S, J, R], 404),
    ),
    *(
        Route(f"admin:projects_project_{step}", in_admin([O, J]), in_admin([O, J]))
        for step in PROJECT_STEPS
    ),
    Route("admin:projects_reviewphase_assign", in_admin([O, J]), in_admin([O, J], 422), at=PHASE),
    Route("admin:projects_reviewphase_board", in_admin([O, J]), in_admin([O, J], 422), at=PHASE),
    Route(
        "admin:projects_reviewphase_checklist",
        in_admin([O, J]),
        in_admin([O, J], 302),
        at=PHASE | {"project": the("applied.pk")},
    ),
    Route(
        "admin:projects_reviewphase_justification",
        in_admin([O, J]),
        in_admin([O, J], 405),
        at=PHASE,
    ),
    Route(
        "admin:projects_decisionletter_pdf",
        in_admin([O, S, J, R]),
        in_admin([O, S, J, R]),
        at={"pk": lambda world, user: world.row("projects.decisionletter").pk},
    ),
]

ROUTES = [
    *SCREENING,
    *COMPETITION,
    *PUBLIC,
    *ACCOUNTS,
    *JOBS,
    *AGREEMENTS,
    *BUSES,
    *OFFICE_PAGES,
]
