"""The outbox in the office: states and why, the letter as it was sent, deeds of a person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hrconf.accounts.roles import Role
from hrconf.mailing import lines
from hrconf.mailing.models import Attachment, Batch, Message
from tests import make

pytestmark = pytest.mark.django_db
State = Message.State
LIST = "/admin/mailing/message/"


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.SECOND_FACTOR_ROLES = []
    settings.DEBUG = settings.DEMO = False


@pytest.fixture
def organizer(client):
    user = make.organizer()
    client.force_login(user)
    return user


@pytest.fixture
def reader(client):
    """Someone who may look at the outbox and decide nothing."""
    from django.contrib.auth.models import Permission

    user = make.user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_message"))
    client.force_login(user)
    return user


def page(message: Message, name: str = "change", *args) -> str:
    return reverse(f"admin:mailing_message_{name}", args=[message.pk, *args])


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_list_says_the_state_of_each_message_and_why(client, organizer):
    make.message(state=State.REFUSED, error="550 5.1.1 no such mailbox")
    make.message(
        state=State.HELD,
        error="This installation mails no real people: MAIL_TO_REAL_PEOPLE is off.",
    )

    shown = text_of(client, LIST)

    assert "550 5.1.1 no such mailbox" in shown
    assert "This installation mails no real people" in shown


def test_list_costs_the_same_for_twenty_as_for_one(client, organizer):
    counts = []
    batch = Batch.objects.create(kind="invitation", title="Round")
    for size in [1, 19]:
        for _n in range(size):
            make.message(batch=batch)
        with CaptureQueriesContext(connection) as queries:
            text_of(client, LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "query",
    ["?q=one@guests.example", "?state__exact=held", "?kind=invitation", "?batch__id__exact={}"],
)
def test_list_is_searched_and_filtered(client, organizer, query):
    batch = Batch.objects.create(kind="invitation", title="Round")
    make.message(to_address="one@guests.example", subject="The one", state=State.HELD, batch=batch)
    make.message(to_address="two@guests.example", subject="The other", kind="account")

    shown = text_of(client, LIST + query.format(batch.pk))

    assert "The one" in shown
    assert "The other" not in shown


def test_list_says_that_the_mail_server_is_down(client, organizer):
    lines.note_failure("Connection refused")

    shown = text_of(client, LIST)

    assert "has not been reachable since" in shown
    assert "Connection refused" in shown


def test_page_shows_the_letter_as_it_goes_out(client, organizer, settings):
    settings.BASE_URL = "https://conference.example"
    message = make.message(
        to_name="李华",
        text="See https://conference.example/en/x/ and https://elsewhere.example/",
        html="<p>Letter</p>",
    )

    shown = text_of(client, page(message))

    assert f"&lt;{message.message_id}@conference.example&gt;" in shown
    assert "auto-generated" in shown
    assert '<a href="https://conference.example/en/x/"' in shown
    assert '<a href="https://elsewhere.example/"' not in shown
    assert (
        f'sandbox referrerpolicy="no-referrer" title="The letter in HTML" src="{page(message, "letter")}"'
        in shown
    )


def test_page_may_frame_its_letter_and_nothing_else(client, organizer):
    policy = client.get(page(make.message()))["Content-Security-Policy"]

    assert "frame-src 'self'" in policy.split("; ")


def test_letter_is_served_apart_under_a_policy_that_lets_nothing_run(client, organizer):
    message = make.message(html="<script>alert(1)</script><p>Letter</p>")

    response = client.get(page(message, "letter"))

    policy = response["Content-Security-Policy"]
    assert response.content.decode() == message.html
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in response["Cache-Control"]


def test_hostile_text_is_text_on_the_page(client, organizer):
    hostile = "<script>alert(1)</script>"
    message = make.message(subject=hostile, text=hostile, to_name=hostile, error=hostile)

    for url in [LIST, page(message)]:
        assert hostile not in text_of(client, url)


def test_files_and_source_are_downloads(client, organizer):
    message = make.message(text="您好")
    file = Attachment.objects.create(
        message=message, filename="a.html", mimetype="text/html", content=b"<script>"
    )

    attachment = client.get(page(message, "file", file.pk))
    source = client.get(page(message, "source"))

    assert attachment["Content-Type"] == "application/octet-stream"
    assert 'attachment; filename="a.html"' in attachment["Content-Disposition"]
    assert attachment.content == b"<script>"
    assert source["Content-Disposition"].startswith("attachment")
    assert b"Message-ID: <" in source.content


def test_file_of_another_message_is_not_found(client, organizer):
    file = Attachment.objects.create(
        message=make.message(), filename="a", mimetype="text/plain", content=b""
    )

    assert client.get(page(make.message(), "file", file.pk)).status_code == 404


def test_code_that_opens_an_account_is_nobodys_to_read(client, organizer):
    message = make.message(is_secret=True, text="Code 123456", html="<p>123456</p>")

    assert "123456" not in text_of(client, page(message))
    for name in ["letter", "source"]:
        assert client.get(page(message, name)).status_code == 404


def test_demo_shows_codes_since_its_mail_reaches_nobody(client, organizer, settings):
    settings.DEMO = True
    message = make.message(is_secret=True, text="Code 123456")

    assert "123456" in text_of(client, page(message))


def test_message_cannot_be_written_or_deleted_by_hand(client, organizer):
    message = make.message()

    assert client.get(LIST + "add/").status_code == 403
    assert client.post(page(message), {"state": "sent"}).status_code == 403
    assert client.post(page(message, "delete")).status_code == 403


@pytest.mark.parametrize(
    ("state", "deed", "becomes"),
    [
        (State.REFUSED, "retry", State.QUEUED),
        (State.HELD, "release", State.QUEUED),
        (State.QUEUED, "cancel", State.CANCELLED),
        (State.UNCERTAIN, "mark-sent", State.SENT),
        (State.UNCERTAIN, "send-again", State.QUEUED),
    ],
)
def test_deed_is_offered_and_done(client, organizer, state, deed, becomes):
    message = make.message(state=state)
    address = page(message, "deed", deed)
    assert f'action="{address}"' in text_of(client, page(message))

    response = client.post(address)

    message.refresh_from_db()
    assert response["Location"] == page(message)
    assert message.state == becomes


def test_deed_out_of_place_changes_nothing_and_says_so(client, organizer):
    message = make.message(state=State.SENT, sent_at=timezone.now())

    response = client.post(page(message, "deed", "retry"), follow=True)

    message.refresh_from_db()
    assert message.state == State.SENT
    assert "not in a state that allows this" in response.content.decode()


def test_deed_by_get_or_unknown_is_refused(client, organizer):
    message = make.message(state=State.HELD)

    assert client.get(page(message, "deed", "release")).status_code == 405
    assert client.post(page(message, "deed", "burn")).status_code == 404


def test_reader_may_look_and_not_decide(client, reader):
    message = make.message(state=State.HELD)

    assert "outbox-deeds" not in text_of(client, page(message))
    assert client.post(page(message, "deed", "release")).status_code == 403
    message.refresh_from_db()
    assert message.state == State.HELD


def test_press_and_desk_see_no_mail(client):
    message = make.message()
    for role in [Role.DESK, Role.PRESS, Role.JUROR_MANAGER, Role.STAFF]:
        client.force_login(make.office(role))
        for url in [LIST, page(message), page(message, "letter"), page(message, "source")]:
            assert client.get(url).status_code == 403


def act(client, action: str, messages: list[Message]):
    data = {"action": action, "_selected_action": [message.pk for message in messages]}
    return client.post(LIST, data, follow=True)


def test_action_is_done_to_all_that_are_in_a_state_for_it(client, organizer):
    refused = [make.message(state=State.REFUSED) for _n in range(2)]
    queued = make.message()

    response = act(client, "retry", [*refused, queued])

    assert set(Message.objects.values_list("state", flat=True)) == {State.QUEUED}
    shown = response.content.decode()
    assert "2 messages changed." in shown
    assert "1 message is in no state for this" in shown


def test_batch_list_says_how_far_it_is(client, organizer):
    batch = Batch.objects.create(
        kind="invitation", title="Round", report={"mails": 2, "left_out": {"no_email": 1}}
    )
    make.message(batch=batch, state=State.SENT, sent_at=timezone.now())
    make.message(batch=batch, state=State.REFUSED)

    shown = text_of(client, "/admin/mailing/batch/")

    assert 'max="2" value="1"' in shown
    assert f'?batch__id__exact={batch.pk}">2</a>' in shown


def test_every_state_has_a_colour_and_every_retry_a_button():
    from hrconf.accounts.templatetags.look import TONE_OF
    from hrconf.mailing.admin.deeds import deeds_for

    assert set(State.values) <= set(TONE_OF)
    assert [s for s in State if not deeds_for(Message(state=s))] == [State.SENDING, State.SENT]
