"""How a room is found, what is before and after, and the programme on other sites."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from events.models import Room
from events.services.plans import plan_file
from events.services.releases import release_schedule
from tests import make
from tests.events import make_programmes

pytestmark = pytest.mark.django_db
FORUM = "/en/2017/sessions/life-forum/"
EMBED = "/en/2017/schedule/embed/"


@pytest.fixture
def edition():
    return make_programmes.conference()


def picture(size=(40, 30), kind="PNG", **more):
    written = BytesIO()
    Image.new("RGB", size, "white").save(written, kind, **more)
    return SimpleUploadedFile("plan.png", written.getvalue(), content_type="image/png")


def with_plan(edition):
    hall = Room.objects.get(slug="hall")
    hall.plan_alt_en, hall.plan_alt_zh_hans = "The hall is left of the doors.", "主会场在大门左侧。"
    hall.directions_en = "Up the stairs."
    hall.plan.save("ignored", plan_file(picture()), save=False)
    hall.save()
    release_schedule(edition.pk)
    return hall


def test_session_page_shows_the_plan_of_its_room(client, edition, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with_plan(edition)

    english = client.get(FORUM).content.decode()
    chinese = client.get(FORUM.replace("/en/", "/zh-hans/")).content.decode()

    assert "Up the stairs." in english
    assert 'alt="The hall is left of the doors."' in english
    assert 'alt="主会场在大门左侧。"' in chinese
    [room] = [r for r in make_programmes.programme(edition).rooms.values() if r.plan]
    plan = client.get(f"/en/2017/plans/{room.plan}")
    assert (plan.status_code, plan["Content-Type"]) == (200, "image/webp")
    assert Image.open(BytesIO(plan.content)).size == (40, 30)
    assert client.get("/en/2017/plans/another.webp").status_code == 404


def test_session_page_leads_to_a_map_that_its_readers_use(client, edition):
    english = client.get(FORUM).content.decode()
    chinese = client.get(FORUM.replace("/en/", "/zh-hans/")).content.decode()

    assert "https://www.openstreetmap.org/?mlat=30.25&amp;mlon=120.25" in english
    assert "https://uri.amap.com/marker?position=120.25%2C30.25&amp;name=%E4%BC%9A" in chinese


def test_plan_is_seen_with_the_next_release_only(client, edition, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    hall = Room.objects.get(slug="hall")
    Room.objects.filter(pk=hall.pk).update(plan="plans/x.webp", plan_alt_en="Left")

    assert "<img" not in client.get(FORUM).content.decode()


def test_plan_needs_words_in_one_language_at_least(edition):
    hall = Room.objects.filter(slug="hall")
    with pytest.raises(IntegrityError), transaction.atomic():
        hall.update(plan="plans/x.webp")
    hall.update(plan="plans/x.webp", plan_alt_zh_hans="左侧")


def test_plan_is_made_anew_without_what_a_camera_wrote():
    exif = Image.Exif()
    exif[0x010E] = "a secret place"

    made = plan_file(picture((5000, 100), "JPEG", exif=exif))

    assert made.name.endswith(".webp")
    assert b"secret" not in made.read()
    made.seek(0)
    assert Image.open(made).width == 2000


@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", b"\x89PNG\r\n\x1a\nbroken"])
def test_plan_that_is_no_picture_is_refused(content):
    with pytest.raises(ValidationError):
        plan_file(BytesIO(content))


def test_session_page_leads_to_what_is_before_and_after(client, edition):
    make.session(
        edition=edition,
        code="second",
        title_en="Second talk",
        starts_at=make_programmes.SECOND_DAY.replace(hour=6),
        room=Room.objects.get(slug="hall"),
        track=edition.tracks.get(slug="life"),
    )
    release_schedule(edition.pk)

    found = client.get(FORUM).context["around"]

    assert [(one.label, one.before, one.after.code) for one in found] == [
        ("In this room", None, "second"),
        ("In this track", None, "second"),
    ]
    assert "Second talk" in client.get(FORUM).content.decode()


def header(response, directive):
    parts = response["Content-Security-Policy"].split(";")
    return next(part.strip() for part in parts if part.strip().startswith(directive))


@pytest.mark.parametrize(
    ("sites", "allowed"),
    [
        ("", "frame-ancestors *"),
        ("none", "frame-ancestors 'none'"),
        (
            "https://www.example.org\nhttps://*.example.com:8443",
            "frame-ancestors https://www.example.org https://*.example.com:8443",
        ),
    ],
)
def test_edition_says_who_may_embed_it(client, edition, sites, allowed):
    edition.embedders = sites
    edition.full_clean()
    edition.save()

    response = client.get(EMBED)

    assert header(response, "frame-ancestors") == allowed
    assert "X-Frame-Options" not in response
    other = client.get("/en/2017/schedule/")
    assert header(other, "frame-ancestors") == "frame-ancestors 'none'"
    assert other["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "site", ["www.example.org", "https://a.example; script-src *", "*", "'self'"]
)
def test_only_addresses_of_sites_get_into_the_header(edition, site):
    edition.embedders = site
    with pytest.raises(ValidationError):
        edition.full_clean()


def test_embedded_page_is_small_filtered_and_leads_out_of_its_frame(client, edition):
    page = client.get(f"{EMBED}?track=life").content.decode()

    assert '<base target="_top">' in page
    assert "Biomedicine forum" in page
    assert "Opening ceremony" not in page
    assert "bootstrap" not in page
    assert "<script" not in page
    second = client.get(f"{EMBED}?day=2017-11-09").content.decode()
    assert "Called-off talk" in second
    assert "Park visit" not in second
    assert 'href="/en/2017/schedule/embed/?day=2017-11-10" target="_self"' in second


@pytest.mark.parametrize("query", ["day=nonsense", "day=%00", "day=2017-11-31", "track=%22"])
def test_embedded_page_survives_nonsense(client, edition, query):
    assert client.get(f"{EMBED}?{query}").status_code == 200


def test_office_copies_the_code_of_the_frame(client, edition):
    client.force_login(make.user(is_staff=True, is_superuser=True))

    page = client.get(f"/admin/events/edition/{edition.pk}/change/").content.decode()

    assert "&lt;iframe src=&quot;http://localhost:8000/en/2017/schedule/embed/&quot;" in page


def room_form(room, **more):
    plain = {"name_en": room.name_en, "name_zh_hans": "主会场", "venue": room.venue_id}
    inlines = {"availabilities-TOTAL_FORMS": "0", "availabilities-INITIAL_FORMS": "0"}
    return plain | inlines | {"slug": room.slug, "kind": room.kind, "position": "0"} | more


def test_office_uploads_a_plan_that_is_named_by_its_content(client, edition, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make.organizer())
    room = Room.objects.get(slug="hall")
    url = f"/admin/events/room/{room.pk}/change/"

    form = room_form(room, plan=picture(), plan_alt_zh_hans="左侧", directions_en="Up")
    assert client.post(url, form).status_code == 302

    room.refresh_from_db()
    assert re.fullmatch(r"plans/[0-9a-f]{32}\.webp", room.plan.name)
    assert (tmp_path / room.plan.name).exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"plan_alt_en": ""}, "Say in words what the plan shows."),
        ({"plan": SimpleUploadedFile("plan.png", b"<svg/>")}, "image"),
    ],
)
def test_office_is_told_what_is_wrong_with_a_plan(client, edition, settings, tmp_path, wrong, told):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make.organizer())
    room = Room.objects.get(slug="hall")

    form = room_form(room, plan=picture(), plan_alt_en="Left", directions_en="Up the stairs")
    response = client.post(f"/admin/events/room/{room.pk}/change/", form | wrong)

    assert response.status_code == 200
    assert told in response.content.decode()
    assert "Up the stairs" in response.content.decode()
    room.refresh_from_db()
    assert not room.plan
