"""The list of people: what can be done from it."""

import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("action", ["draw_up", "compare"])
def test_from_the_list_people_are_invited_and_compared(client, action):
    client.force_login(make.organizer())
    people = [make.person(), make.person()]
    chosen = {"action": action, "_selected_action": [one.pk for one in people]}

    page = client.post(reverse("admin:attendees_person_changelist"), chosen, follow=True)

    assert page.status_code == 200
    assert "cl" not in page.context  # another page than the list
