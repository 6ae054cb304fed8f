"""Who can sign in. Passwords are only set for a demo; elsewhere nobody has one."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from agreements.edition_2017.load.context import Context
from agreements.edition_2017.text import Text
from hrconf.accounts.models import User
from hrconf.accounts.roles import Role

# Known to every reader of this file: for a demo on one's own machine.
PASSWORD = "west-lake-in-november"  # noqa: S105
DOMAIN = "hrconf.example"


@dataclass(frozen=True, slots=True)
class Account:
    """A sign-in of the demo. Without a role it is a guest's, who gets a code by e-mail."""

    key: str
    name: Text
    role: Role | None
    language: str = "en"

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


ACCOUNTS = (
    Account("organizer", Text("Shen Wenjing", "沈文静"), Role.ORGANIZER),
    Account("staff", Text("Lou Jianhua", "楼建华"), Role.STAFF),
    Account("desk", Text("Tu Xiaoyan", "屠晓燕"), Role.DESK),
    Account("jury", Text("Qiu Zhiyuan", "裘志远"), Role.JUROR_MANAGER),
    Account("press", Text("Luo Yuyan", "骆语嫣"), Role.PRESS),
    Account("reader", Text("Yu Limin", "俞利民"), Role.READ_ONLY),
    Account("organizer-zh", Text("Zhang Jingxing", "章景行"), Role.ORGANIZER, "zh-hans"),
    Account("guest", Text("Siyuan Lin", "林思远"), None),
    Account("juror", Text("Fang Qiming", "方启明"), None, "zh-hans"),
)


def has_demo_passwords() -> bool:
    return settings.DEMO or settings.DEBUG


def load_accounts(context: Context) -> None:
    """The logins of the office and of two guests; one that exists is left as it is."""
    password = make_password(PASSWORD if has_demo_passwords() else None)
    for account in ACCOUNTS:
        user, is_new = User.objects.get_or_create(
            email=account.email, defaults=_fields(account, password)
        )
        if is_new and account.role:
            user.groups.add(Group.objects.get_or_create(name=account.role.value)[0])
        context.users[account.key] = user


def _fields(account: Account, password: str) -> dict[str, object]:
    is_office = account.role is not None
    return {
        "name": account.name.zh if account.language == "zh-hans" else account.name.en,
        "language": account.language,
        "is_staff": is_office,
        # Guests sign in by a code; a password would do them no good.
        "password": password if is_office else make_password(None),
    }
