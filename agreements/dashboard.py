"""What agreements add to the office's first page."""

from collections.abc import Iterator

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from agreements.models import Agreement
from events.dashboard import Number, Part, contributes
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib import magnitude
from hrconf.office.links import office_list

AGREEMENTS = "agreements.agreement"


@contributes(order=50)
def agreements(edition: Edition, user: User) -> Iterator[Part]:
    if not user.has_perm("agreements.view_agreement"):
        return
    rows = Agreement.objects.filter(edition=edition)
    signed = rows.signed().aggregate(number=Count("pk"), cny=Sum("amount_cny"))
    volume = magnitude.amount(signed["cny"] or 0, "CNY")
    here = office_list(AGREEMENTS, edition__id__exact=edition.pk)
    yield Number(
        _("Agreements signed"), magnitude.grouped(signed["number"]), str(volume), here, volume.exact
    )
