"""Small words around data, as each language sets them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from hrconf.lib.wording import labelled, listed, time_since


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ["Hotel: full", "a, b", "3 days"]), ("zh-hans", ["Hotel：full", "a、b", "3天"])],
)
def test_words_follow_the_language(language, told):
    with override(language):
        found = [
            labelled("Hotel", "full"),
            listed(["a", "b"]),
            time_since(timezone.now() - timedelta(days=3, hours=1)),
        ]

    assert found == told


def test_two_months_are_no_february():
    with override("zh-hans"):
        assert time_since(timezone.now() - timedelta(days=62)) == "2个月"
