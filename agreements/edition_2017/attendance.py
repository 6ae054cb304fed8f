"""How many guests of each kind there are, what became of their places, who came when.

At scale 1 the sums are those of the report: 498 invited professionals, and over
3,000 people checked in at the opening ceremony.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from agreements.edition_2017.text import Text, text


@dataclass(frozen=True, slots=True)
class Attendance:
    """A category of guests. `late` came on the first day after the opening ceremony."""

    kind: str
    name: Text
    confirmed: int
    at_opening: int
    late: int
    needs_approval: bool
    others: dict[str, int] = field(default_factory=dict)  # registrations by other status


def _category(
    kind: str,
    name: str,
    confirmed: int,
    at_opening: int,
    late: int,
    *,
    approval: bool = True,
    **others: int,
) -> Attendance:
    return Attendance(kind, text(name), confirmed, at_opening, late, approval, others)


CATEGORIES: tuple[Attendance, ...] = (
    _category(
        "professional",
        "Invited professional | 受邀专家",
        498,
        498,
        0,
        approval=False,
        cancelled=11,
        incomplete=9,
    ),
    _category(
        "project_holder",
        "Project holder | 项目负责人",
        1003,
        891,
        34,
        cancelled=27,
        incomplete=22,
        pending=12,
    ),
    _category(
        "host",
        "Park or employer | 园区与用人单位",
        612,
        533,
        21,
        cancelled=15,
        incomplete=18,
        pending=10,
    ),
    _category(
        "investor",
        "Investor | 投资机构",
        371,
        327,
        12,
        cancelled=9,
        incomplete=14,
        pending=8,
    ),
    _category(
        "association",
        "Association | 海外学人社团",
        203,
        190,
        3,
        cancelled=6,
        incomplete=5,
    ),
    _category("press", "Press | 媒体", 117, 112, 2, pending=7, declined=4),
    _category("staff", "Staff | 工作人员", 236, 220, 9, approval=False),
    _category(
        "visitor",
        "Visitor | 观众",
        428,
        356,
        17,
        waitlisted=61,
        declined=32,
        incomplete=26,
        pending=13,
    ),
)

# What became of the invitations of professionals who did not come.
UNSUCCESSFUL = {
    "declined": 96,
    "tentative": 19,
    "opened": 43,
    "sent": 51,
    "bounced": 12,
    "expired": 22,
    "withdrawn": 6,
}
# A round that is written but not sent: for an organizer to try the mailing on.
DRAFTS = {"professional": 60, "investor": 160, "host": 280}

# What guests wrote when they declined.
REGRETS = (
    text("I teach that week and cannot leave. | 当周有授课任务，无法成行。"),
    text("With thanks; please keep me in mind for next year. | 感谢邀请，期待明年有机会参加。"),
    text("A visa cannot be had in time. | 签证时间来不及。"),
    text("A colleague of mine may be the better choice. | 我的同事或许更合适，可另行推荐。"),
)

ROUNDS = (datetime(2017, 9, 4, 10, 0), datetime(2017, 9, 21, 10, 0))  # noqa: DTZ001
ANSWER_BY = date(2017, 10, 15)
GATES = ("North gate", "East gate", "South gate", "VIP gate")
DOORS_OPEN, CEREMONY = datetime(2017, 11, 8, 7, 20), datetime(2017, 11, 8, 9, 30)  # noqa: DTZ001


def arrival_minute(rng: Random) -> float:
    """Minutes before the ceremony at which a guest comes in.

    Few come when the doors open at 07:20, most between 08:20 and 09:10, and the
    last are at the gate as the ceremony begins.
    """
    return min(128.0, max(2.0, rng.gauss(44, 21)))
