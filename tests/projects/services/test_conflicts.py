"""Conflicts of interest: found by the record, across legal forms, scripts and domains."""

import pytest

from projects.services import conflicts as module
from projects.services.conflicts import (
    Conflict,
    Mate,
    Why,
    conflict_pairs,
    conflicts_between,
    find_conflicts,
)
from projects.services.organizations import mail_domain, organization_keys
from tests import make


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xihu Robotics Co., Ltd.", "XIHU ROBOTICS"),
        ("Silan GmbH", "Silan AG"),
        ("Acme S.A.", "ACME Inc."),
        ("杭州启明机器人有限公司", "杭州启明机器人股份有限公司"),
        ("浙江大学", "浙江大學"),
        ("浙江大学", "Zhejiang University"),
        ("University of Toronto", "Toronto University"),
        ("杭州启明机器人有限公司", "Hangzhou Qiming Robotics Co., Ltd."),
        ("Ｘｉｈｕ Robotics", "Xihu Robotics"),
        ("Société Générale", "Societe Generale SA"),
    ],
)
def test_spellings_of_one_organization_share_a_key(one, other):
    assert organization_keys(one) & organization_keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zhejiang University", "Zhejiang University of Technology"),
        ("浙江大学", "浙江工业大学"),
        ("Xihu Robotics", "Xihu Capital"),
        ("University", "University"),
        ("个人", "个人"),
        ("Freelance", "freelance"),
        ("Co., Ltd.", "Co., Ltd."),
        ("", ""),
    ],
)
def test_other_organizations_share_none(one, other):
    assert not organization_keys(one) & organization_keys(other)


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("a@cs.zju.edu.cn", "zju.edu.cn"),
        ("a@zju.edu.cn", "zju.edu.cn"),
        ("a@mail.Acme.com", "acme.com"),
        ("a@imperial.ac.uk", "imperial.ac.uk"),
        ("a@gmail.com", ""),
        ("a@vip.163.com", ""),
        ("a@yahoo.co.jp", ""),
        ("a@guests.example", ""),
        ("a@edu.cn", ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_mail_domain_is_what_an_organization_registered(email, domain):
    assert mail_domain(email) == domain


@pytest.mark.django_db
def test_own_project_is_a_conflict():
    project = make.project()

    found = conflicts_between(project.holder, project)

    assert Conflict(project.pk, project.holder.pk, Why.OWN) in found


@pytest.mark.django_db
def test_same_human_in_a_second_record_is_found_by_address():
    project = make.project()
    double = make.person(email=project.holder.email.upper())

    assert [one.why for one in conflicts_between(double, project)] == [Why.OWN]


@pytest.mark.django_db
def test_organization_is_found_in_either_language_and_says_which():
    reviewer = make.person(organization_en="Zhejiang University")
    project = make.project(organization_zh_hans="浙江大学")

    assert conflicts_between(reviewer, project) == [
        Conflict(project.pk, reviewer.pk, Why.ORGANIZATION, "Zhejiang University")
    ]


@pytest.mark.django_db
def test_mail_domain_of_a_company_is_a_conflict_and_of_a_provider_is_none():
    company = make.project(holder=make.person(email="a@lab.silan.com"))
    private = make.project(holder=make.person(email="a@qq.com"))

    assert [one.why for one in conflicts_between(make.person(email="b@silan.com"), company)] == [
        Why.MAIL_DOMAIN
    ]
    assert conflicts_between(make.person(email="b@qq.com"), private) == []


@pytest.mark.django_db
def test_teams_and_further_sources_are_asked(monkeypatch):
    project, mate, other = make.project(), make.person(), make.person()
    monkeypatch.setattr(module, "_teams", [lambda projects: [Mate(project.pk, mate.pk)]])
    declared = Conflict(project.pk, other.pk, Why.DECLARED)
    monkeypatch.setattr(module, "_finders", [lambda people, projects: [declared]])

    found = find_conflicts([mate, other], [project])

    assert {one.why for one in found} == {Why.OWN, Why.DECLARED}
    assert conflict_pairs(found) == {(project.pk, mate.pk), (project.pk, other.pk)}


@pytest.mark.django_db
def test_finding_costs_the_same_however_many(django_assert_max_num_queries):
    people = [make.person() for _n in range(5)]
    projects = list(type(make.project()).objects.select_related("holder"))

    with django_assert_max_num_queries(8):
        find_conflicts(people, projects)
