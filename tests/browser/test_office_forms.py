"""Pages on which the office writes, with names that are as long as names can be."""

import pytest
from django.urls import reverse

from attendees.models import Category
from tests import make
from tests.attendees import make_campaigns, make_forms
from tests.browser.conftest import PHONE
from tests.browser.test_admin import office  # noqa: F401  a window with an organizer in it
from tests.browser.watch import axe_violations, complaints, overflow

pytestmark = pytest.mark.django_db(transaction=True)
LONG = {"name_latin": "Wolfeschlegelsteinhausenbergerdorff" * 2, "name_native": "国际人才" * 12}


def rows() -> dict[str, int]:
    """A row of each kind, about somebody whose name breaks nowhere."""
    edition = make.edition(slug="2017")
    form = make_forms.form(edition=edition)
    make_forms.question(form, "hotel", "choice", choices=["lake", "hill"])
    person = make.person(**LONG)
    category = make.category(edition, Category.Kind.VISITOR, form=form)
    made = {
        "person": person,
        "registration": make.registration(edition=edition, person=person, category=category),
        "invitation": make.invitation(edition=edition, person=person, status="sent"),
        "delegation": make.delegation(edition=edition, leader=person),
        "campaign": make_campaigns.campaign(edition=edition),
        "form": form,
    }
    return {name: row.pk for name, row in made.items()}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_page_of_a_row_fits_a_phone_and_names_its_fields(office, language):  # noqa: F811
    page = office(language, viewport=PHONE, bypass_csp=True)
    found = {}

    for name, key in rows().items():
        page.goto(reverse(f"admin:attendees_{name}_change", args=[key]), wait_until="networkidle")
        found[name] = (axe_violations(page), max(overflow(page), 0), complaints(page))

    assert found == dict.fromkeys(found, ([], 0, []))


def test_field_with_suggestions_is_named_whoever_is_ready_first(office):  # noqa: F811
    key = rows()["registration"]
    page = office(bypass_csp=True)

    page.goto(reverse("admin:attendees_delegation_add"), wait_until="networkidle")
    fields = page.locator(".select2-selection[role=combobox]")
    names = [fields.nth(at).get_attribute("aria-label") for at in range(fields.count())]
    page.goto(reverse("admin:attendees_registration_change", args=[key]))

    assert [name.rstrip("*") for name in names][:3] == ["Edition", "Association", "Leader"]
    assert axe_violations(page) == []
