"""Steps that the office takes with many projects, each shown before it is done."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from hrconf.office.deeds import Deed
from projects.forms.chair import RoundForm
from projects.models import Decision, Project
from projects.services import entering
from projects.services.moving import (
    OF_DECISIONS,
    OF_MOVES,
    decide_many,
    move_many,
    preview_decision,
    preview_move,
)

MAY_MOVE, MAY_DECIDE = "projects.change_project", "projects.change_decision"
Status, Outcome = Project.Status, Decision.Outcome
NO_LETTER = _(
    "The state changes at once and no letter goes out. To tell the holders by a numbered "
    "letter, decide quietly and release the decisions on the board of the screening."
)
QUIETLY = _(
    "Nobody outside learns of it before the decisions are released on the board of the "
    "screening; then each holder gets a numbered letter."
)


def move(name: str, title: Any, to: str, explanation: Any = "", **more: Any) -> Deed:
    return Deed(
        name=name,
        title=title,
        permission=MAY_MOVE,
        icon="arrow_forward",
        preview=partial(preview_move, to=to),
        do=partial(move_many, to=to),
        explanation=explanation,
        has_mails=False,
        undo=OF_MOVES,
        **more,
    )


def quietly(name: str, title: Any, outcome: str, **more: Any) -> Deed:
    return Deed(
        name=name,
        title=title,
        permission=MAY_DECIDE,
        icon="lock_clock",
        preview=partial(preview_decision, outcome=outcome),
        do=partial(decide_many, outcome=outcome),
        explanation=QUIETLY,
        has_mails=False,
        asks_reason=True,
        reason_label=_("Grounds, for the file"),
        undo=OF_DECISIONS,
        **more,
    )


MOVES = [
    move("eligible", _("Take as eligible"), Status.ELIGIBLE),
    move("shortlist", _("Shortlist"), Status.SHORTLISTED),
    move("accept", _("Accept"), Status.ACCEPTED, NO_LETTER),
    move("decline", _("Decline"), Status.DECLINED, NO_LETTER, is_grave=True),
]
DECISIONS = [
    quietly("quiet_accept", _("Decide quietly: accept"), Outcome.ACCEPT),
    quietly("quiet_reserve", _("Decide quietly: reserve list"), Outcome.RESERVE),
    quietly("quiet_decline", _("Decide quietly: decline"), Outcome.DECLINE, is_grave=True),
]
ENTER = Deed(
    name="enter",
    title=_("Enter in a round"),
    permission="projects.change_round",
    icon="emoji_events",
    preview=entering.preview_entering,
    do=entering.enter_projects,
    explanation=_(
        "Accepted projects compete in the round that you choose, at the end of its pitching order."
    ),
    reasons=entering.REASONS,
    has_mails=False,
    form=RoundForm,
)
