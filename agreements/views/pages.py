"""What all pages of agreements share: an edition, a right, nothing kept by caches."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from agreements.models import Agreement
from events.models import Edition


class AgreementPage(PermissionRequiredMixin):
    """A stranger is asked to sign in; a member without the right gets 403."""

    permission_required = "agreements.view_agreement"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        patch_cache_control(response, private=True, no_store=True)
        return response

    @cached_property
    def edition(self) -> Edition:
        """The edition of the address, public or not."""
        editions = Edition.objects.select_related("series")
        return get_object_or_404(editions, slug=self.kwargs["edition"])  # type: ignore[attr-defined]

    def agreements(self) -> QuerySet[Agreement]:
        """What the reader may see of the edition."""
        seen = Agreement.objects.visible_to(self.request.user)  # type: ignore[attr-defined]
        return seen.filter(edition=self.edition)
