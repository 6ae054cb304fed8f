"""Portraits of speakers: uploaded, cut, released, shown with words for who cannot see them."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from events.models import Speaker
from events.services.releases import Words, release_schedule
from events.services.restoring import restore_drafts
from tests import make
from tests.events import make_programmes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def edition():
    return make_programmes.conference()


@pytest.fixture
def wang(edition) -> Speaker:
    return edition.speakers.get(code="wang-jianguo")


def picture(size=(1600, 2400), form="JPEG", name="me in Hangzhou.jpg") -> SimpleUploadedFile:
    file, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Camera of Wang"
    Image.new("RGB", size, "teal").save(file, form, **({"exif": exif} if form == "JPEG" else {}))
    return SimpleUploadedFile(name, file.getvalue())


def upload(client, speaker, file, **more):
    client.force_login(make.organizer())
    fields = {
        "name_native": speaker.name_native,
        "name_latin": speaker.name_latin,
        "sort_key": speaker.sort_key,
        "edition": speaker.edition_id,
        "code": speaker.code,
        "portrait": file,
        **more,
    }
    page = client.get(reverse("admin:events_speaker_change", args=[speaker.pk]))
    for formset in page.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        fields[management.add_prefix("TOTAL_FORMS")] = 0
        fields[management.add_prefix("INITIAL_FORMS")] = 0
    return client.post(reverse("admin:events_speaker_change", args=[speaker.pk]), fields)


def release(edition) -> None:
    release_schedule(edition.pk, Words("Next", "新版"))


def test_upload_is_cut_square_and_loses_what_the_camera_wrote(client, wang):
    response = upload(client, wang, picture())

    assert response.status_code == 302, response.content.decode()
    wang.refresh_from_db()
    with wang.portrait.open() as file:
        content = file.read()
    shown = Image.open(BytesIO(content))
    assert (shown.size, shown.format, dict(shown.getexif())) == ((480, 480), "JPEG", {})
    assert b"Camera of Wang" not in content
    assert "Hangzhou" not in wang.portrait.name


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(SimpleUploadedFile("a.jpg", b"\xff\xd8\xff no picture"), id="damaged"),
        pytest.param(picture(form="GIF", size=(9, 9)), id="gif"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused_beside_the_field(client, wang, file):
    response = upload(client, wang, file)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["portrait"]
    wang.refresh_from_db()
    assert not wang.portrait


def shown(client, edition, language="en") -> str:
    page = client.get(f"/{language}/{edition.slug}/speakers/wang-jianguo/").content.decode()
    return page.split('class="monogram', 1)[1].split(">", 1)[0]


def test_portrait_is_public_with_the_release_that_shows_it(client, edition, wang):
    upload(
        client, wang, picture(), portrait_alt_en="In a laboratory", portrait_alt_zh_hans="在实验室"
    )
    client.logout()
    assert "src=" not in shown(client, edition)

    release(edition)

    assert 'alt="In a laboratory"' in shown(client, edition)
    assert 'alt="在实验室"' in shown(client, edition, "zh-hans")
    address = shown(client, edition).split('src="')[1].split('"')[0]
    response = client.get(address)
    assert response["Content-Type"] == "image/jpeg"
    assert "immutable" in response["Cache-Control"]
    assert response.cookies == {}
    assert client.get(address.replace(".jpg", "0.jpg")).status_code == 404


def test_without_words_it_is_called_a_portrait_of_them(client, edition, wang):
    upload(client, wang, picture())
    release(edition)

    assert 'alt="Portrait of Wang Jianguo"' in shown(client, edition)
    assert 'alt="王建国的照片"' in shown(client, edition, "zh-hans")


def test_earlier_release_put_back_knows_the_portrait_of_a_speaker_who_was_deleted(
    client, edition, wang
):
    upload(client, wang, picture())
    release(edition)
    snapshot = edition.releases.latest("number").snapshot
    wang.refresh_from_db()
    name = wang.portrait.name
    wang.delete()

    restore_drafts(edition, snapshot)

    assert edition.speakers.get(code="wang-jianguo").portrait.name == name


def test_release_without_portraits_says_nothing_of_them(edition):
    snapshot = edition.releases.get().snapshot

    assert not any("portrait" in speaker for speaker in snapshot["speakers"])
