"""References of projects are counted on within their edition."""

import pytest
from django.db import transaction

from projects.services.references import new_references
from tests import make

pytestmark = pytest.mark.django_db


def test_references_go_on_after_the_highest_of_the_edition():
    edition = make.edition()
    for reference in ["P-0009", "P-12", "I-0099", "P-7a"]:
        make.project(edition=edition, reference=reference)
    make.project(reference="P-0500")

    with transaction.atomic():
        assert new_references(edition, 2) == ["P-0013", "P-0014"]


def test_the_first_reference_of_an_edition():
    with transaction.atomic():
        assert new_references(make.edition()) == ["P-0001"]
