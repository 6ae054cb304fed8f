"""What agreements add to the thread of a person."""

from decimal import Decimal

import pytest
from django.utils import translation

from agreements.timeline import agreement_entries
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_amounts_are_written_as_on_every_other_page(language):
    agreement = make.agreement(currency="USD", amount=Decimal("1200000.5"))

    with translation.override(language):
        entries = list(agreement_entries(agreement, ""))

    assert [entry.text for entry in entries] == ["USD 1,200,000.50"]
