"""The list of agreements with filters and totals, and the page of one."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from agreements.forms.filters import AgreementFilter
from agreements.forms.orders import ReportOrder
from agreements.models import Agreement, AgreementParty, ExchangeRate
from agreements.reports.tally import Tally, tally_of, uncounted_of
from agreements.thread import thread_of
from agreements.views.pages import AgreementPage
from hrconf.office.links import office_link


class AgreementList(AgreementPage, ListView):
    """Filters in the address, totals that follow them, fifty rows to a page."""

    template_name = "agreements/agreement_list.html"
    context_object_name = "agreements"
    paginate_by = 50

    @cached_property
    def filter(self) -> AgreementFilter:
        return AgreementFilter(self.request.GET, edition=self.edition)

    @cached_property
    def tally(self) -> Tally:
        """The totals of what is listed: one query, which also counts for the pager."""
        return tally_of(self.found)

    @cached_property
    def found(self) -> QuerySet[Agreement]:
        """What the filters leave; nothing while one of them is not valid."""
        if not self.filter.is_valid():
            return self.agreements().none()
        return self.filter.apply(self.agreements())

    def get_queryset(self) -> QuerySet[Agreement]:
        return self.found.with_sides()

    def get_paginator(self, queryset: Any, per_page: int, **kwargs: Any) -> Paginator:
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        paginator.count = self.tally.rows  # type: ignore[misc]
        return paginator

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_valid = self.filter.is_valid()
        return super().get_context_data(
            edition=self.edition,
            filter=self.filter,
            sort=self.filter.sort,
            keep=[("sort", self.filter.sort)] if "sort" in self.request.GET else [],
            in_address=self.filter.in_address() if is_valid else {},
            order=ReportOrder(initial={"report_language": get_language()}),
            tally=self.tally,
            uncounted=uncounted_of(self.tally),
            **kwargs,
        )


class AgreementDetail(AgreementPage, DetailView):
    """One agreement: parties, amounts with their rates, the thread that led to it."""

    template_name = "agreements/agreement_detail.html"
    context_object_name = "agreement"

    def get_object(self, queryset: Any = None) -> Agreement:
        reference = self.kwargs["reference"]
        if "\x00" in reference:
            raise Http404(_("There is no such agreement."))
        found = self.agreements().with_sides().with_thread()
        return get_object_or_404(found, reference=reference)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        agreement = self.object
        can_change = user.has_perm("agreements.change_agreement")
        return super().get_context_data(
            edition=self.edition,
            sides=list(agreement.sides.all()),
            roles=AgreementParty.Role,
            rates=rates_with_sources(agreement),
            thread=thread_of(agreement, user),
            project_url=agreement.project and office_link(agreement.project, user),
            office_url=office_link(agreement, user) if can_change else "",
            **kwargs,
        )


def rates_with_sources(agreement: Agreement) -> list[dict[str, Any]]:
    """The rates that were fixed at signing, each with its source: one query."""
    if not agreement.rate_on:
        return []
    rows = ExchangeRate.objects.filter(on=agreement.rate_on)
    sources = {row.currency: row.source for row in rows}
    fixed = {agreement.currency: agreement.rate, "USD": agreement.usd_rate}
    return [
        {"currency": currency, "rate": rate, "source": sources.get(currency, "")}
        for currency, rate in fixed.items()
        if currency != "CNY"
    ]
