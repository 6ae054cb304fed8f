"""The page of a delegation's leader."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from time_machine import travel

from attendees.models import Delegation, Invitation
from attendees.services.delegations import delegation_link
from tests import make

pytestmark = pytest.mark.django_db
GUEST = {
    "name_native": "李华",
    "name_latin": "Li Hua",
    "email": "li@guests.example",
    "organization": "Lab",
    "title": "",
    "country": "CN",
    "preferred_language": "zh-hans",
}


@pytest.fixture(autouse=True)
def _before():
    with travel("2017-10-01T02:00Z", tick=False):
        yield


@pytest.fixture
def delegation():
    made = make.delegation(leader=make.person(), quota=3)
    make.category(made.edition)
    return made


def path_to(delegation, language="en") -> str:
    return "/" + delegation_link(delegation, language).split("/", 3)[3]


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_leader_names_a_member(client, delegation):
    response = client.post(path_to(delegation), GUEST, follow=True)

    assert "李华 · Li Hua" in text(response)
    assert "3, of which 2 are free" in text(response)
    assert response.cookies == {}


@pytest.mark.parametrize(
    ("wrong", "box"),
    [
        ({"email": "nobody"}, "id_email"),
        ({"name_native": "", "name_latin": ""}, "id_name_native"),
        ({"name_latin": "a\x00"}, "id_name_latin"),
        ({"country": "XX"}, "id_country"),
    ],
)
def test_wrong_input_is_told_and_kept(client, delegation, wrong, box):
    response = client.post(path_to(delegation), GUEST | wrong)

    assert response.status_code == 422
    assert f'href="#{box}"' in text(response)
    assert 'value="Lab"' in text(response)
    assert not Invitation.objects.exists()


def csv(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", "\n".join(["姓名,邮箱,单位", *lines]).encode("utf-8-sig"))


def test_leader_names_several_by_a_spreadsheet(client, delegation):
    file = csv("王一,wang1@guests.example,甲", "王二,wang2@guests.example,乙")

    response = client.post(path_to(delegation), {"upload": "1", "file": file}, follow=True)

    assert Invitation.objects.count() == 2
    assert "王一" in text(response)


def test_wrong_rows_are_told_by_their_line_and_nobody_is_named(client, delegation):
    file = csv("王一,wang1@guests.example,甲", "王二,nonsense,乙", ",wang3@guests.example,丙")

    response = client.post(path_to(delegation), {"upload": "1", "file": file})

    assert response.status_code == 422
    assert "Line 3:" in text(response)
    assert "Line 4: no name" in text(response)
    assert not Invitation.objects.exists()


def test_unclear_encoding_is_chosen_by_the_leader(client, delegation):
    plain = SimpleUploadedFile("a.csv", "姓名,邮箱\n钱谢,q@guests.example".encode("gb18030"))
    asked = client.post(path_to(delegation), {"upload": "1", "file": plain})
    plain.seek(0)
    chosen = {"upload": "1", "file": plain, "encoding": "gb18030"}

    client.post(path_to(delegation), chosen)

    assert asked.status_code in {302, 422}
    assert Invitation.objects.get().person.name_native == "钱谢"


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"%PDF-1.7", b"a,b\n1,2"])
def test_file_that_is_no_list_is_told(client, delegation, content):
    file = SimpleUploadedFile("list.csv", content)

    assert client.post(path_to(delegation), {"upload": "1", "file": file}).status_code == 422


def test_more_than_the_quota_is_told(client, delegation):
    file = csv(*[f"王{n},wang{n}@guests.example,甲" for n in range(4)])

    response = client.post(path_to(delegation), {"upload": "1", "file": file})

    assert "has 3 places left" in text(response)


def test_leader_replaces_a_member(client, delegation):
    client.post(path_to(delegation), GUEST)
    pk = Invitation.objects.get().pk
    new = GUEST | {"name_native": "李明", "name_latin": "Li Ming", "email": "ming@guests.example"}

    page = text(client.get(f"{path_to(delegation)}?replace={pk}"))
    client.post(f"{path_to(delegation)}?replace={pk}", new)

    assert "In place of 李华" in page
    assert sorted(Invitation.objects.values_list("status", flat=True)) == ["queued", "withdrawn"]


def test_leader_takes_a_member_out(client, delegation):
    client.post(path_to(delegation), GUEST)

    response = client.post(
        path_to(delegation), {"take_out": Invitation.objects.get().pk}, follow=True
    )

    assert "Taken out" in text(response)


def test_link_ends_with_the_leadership(client, delegation):
    path = path_to(delegation)
    Delegation.objects.update(leader=make.person())

    assert client.get(path).status_code == 410
    assert client.get(path.replace(".", "x")).status_code == 404


def test_page_speaks_chinese(client, delegation):
    client.post(path_to(delegation), GUEST)

    page = text(client.get(path_to(delegation, "zh-hans")))

    assert "代表团成员" in page
    assert "共3个名额，余2个" in page
