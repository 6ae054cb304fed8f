"""Reading what comes back: what a server reports, and what is no report at all."""

import uuid
from pathlib import Path

import pytest

from hrconf.mailing.returns import reports
from hrconf.mailing.returns.reports import read_report

SAMPLES = Path(__file__).parent / "bounces"
OURS = uuid.UUID("6f9619ff-8b86-4011-b42d-00cf4fc964ff")


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.eml").read_bytes()


@pytest.mark.parametrize(
    ("name", "sort", "status"),
    [
        ("postfix", "hard", "5.1.1"),
        ("postfix-full", "soft", "5.2.2"),
        ("postfix-policy", "soft", "5.7.1"),
        ("postfix-for-now", "soft", "4.4.1"),
        ("exchange", "hard", "5.1.10"),
        ("delayed", "delayed", "4.4.1"),
        ("qq", "hard", ""),
        ("netease-full", "soft", ""),
        ("nested", "hard", "5.1.1"),
        ("return-path", "hard", "5.1.1"),
        ("feedback", "complaint", ""),
    ],
)
def test_report_is_read_and_names_our_message(name, sort, status):
    report = read_report(sample(name))

    assert (report.sort, report.status) == (sort, status)
    assert OURS in [message_id for message_id, _host in report.about]


@pytest.mark.parametrize("name", ["vacation", "vacation-chinese", "dmarc", "delivered"])
def test_what_reports_no_failed_delivery_is_no_report(name):
    assert read_report(sample(name)) is None


def test_words_of_a_chinese_server_are_kept_readable():
    assert "邮箱不存在" in read_report(sample("qq")).detail
    assert "邮箱已满" in read_report(sample("netease-full")).detail


def test_words_of_the_returned_letter_are_not_those_of_the_server():
    report = read_report(sample("exchange").replace(b"message/delivery-status", b"text/x-broken"))

    assert report.status == "5.1.10"
    assert "guests have answered" not in report.detail


@pytest.mark.parametrize("name", ["postfix", "exchange", "qq", "nested", "malformed", "dmarc"])
def test_a_report_cut_off_anywhere_breaks_nothing(name):
    source = sample(name)

    for end in range(0, len(source), 37):
        read_report(source[:end])


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\x00" * 1000,
        b"\xff\xfe" * 1000,
        b"Content-Type: multipart/report\r\n\r\n",
        b"Subject: =?utf-8?B?" + b"A" * 70000 + b"?=\r\n\r\n",
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
            for n in range(80)
        ),
    ],
    ids=["nothing", "NUL", "no text", "no parts", "long header", "deeply nested"],
)
def test_what_is_no_mail_breaks_nothing(source):
    assert read_report(source) is None


def test_of_a_huge_report_the_head_is_read(monkeypatch):
    monkeypatch.setattr(reports, "LONGEST", 20_000)
    source = sample("postfix") + b"\r\n" + b"x" * 5_000_000

    report = read_report(source)

    assert (report.sort, report.about[0][0]) == ("hard", OURS)


def test_hidden_marks_in_the_words_of_a_server_are_left_out():
    source = sample("postfix").replace(b"Recipient address", "A\u202e\x07\x00B".encode())

    assert not set("\u202e\x07\x00") & set(read_report(source).detail)
