"""Small words around data, as each language sets them."""

from datetime import timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
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


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (forms.CharField(), "", "请填写此项。"),
        (forms.EmailField(), "x@", "请填写有效的电子邮箱。"),
        (forms.IntegerField(max_value=5), "6", "不能大于5。"),
        (forms.CharField(max_length=2), "三个字", "最多2个字，目前3个。"),
        (forms.ChoiceField(choices=[("a", "a")]), "b", "没有“b”这个选项，请重新选择。"),
        (forms.URLField(assume_scheme="https"), "javascript:1", "请填写有效的网址。"),
    ],
)
def test_what_django_says_beside_a_field_is_natural_chinese(field, typed, told):
    with override("zh-hans"), pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    with override("zh-hans"):
        assert refusal.value.messages == [told]
