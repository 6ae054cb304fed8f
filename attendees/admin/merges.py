"""Merges of records: what each did, and the way back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendees.models import Merge
from attendees.services.merging import label_of
from attendees.services.undoing import plan_undo, undo_merge
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, names_cell
from hrconf.office.links import office_link

MAY_UNDO = "attendees.change_merge"


@admin.register(Merge)
class MergeAdmin(LookOnly, OfficeAdmin):
    list_display = ["into", "from_record", "merged_at", "merged_by", "state"]
    list_select_related = ["kept", "gone", "merged_by"]
    search_fields = ["kept__search_text", "gone__search_text"]

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """What the merge did, and what undoing it would give back."""
        merge = self.get_object(request, object_id)
        if merge is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, merge):
            raise PermissionDenied
        if request.method == "POST":
            return self.undo(request, merge)
        return self.page(request, merge)

    def undo(self, request: HttpRequest, merge: Merge) -> HttpResponse:
        if not request.user.has_perm(MAY_UNDO):
            raise PermissionDenied
        try:
            changed = undo_merge(merge.pk, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("The merge is undone."))
            if changed:
                text = _("Changed since, and left as it is: %(what)s.")
                messages.warning(request, text % {"what": "; ".join(changed)})
        return HttpResponseRedirect(reverse("admin:attendees_merge_change", args=[merge.pk]))

    def page(self, request: HttpRequest, merge: Merge) -> HttpResponse:
        plan = plan_undo(merge)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": merge,
            "title": _("Merge of records"),
            "merge": merge,
            "kept_url": office_link(merge.kept, request.user),
            "gone_url": office_link(merge.gone, request.user),
            "fields": [label_of(name) for name in plan.values],
            "rows": [(one.title, len(keys)) for one, keys in plan.rows],
            "changed": plan.changed,
            "state": self.state(merge),
            "may_undo": request.user.has_perm(MAY_UNDO) and not merge.undone_at,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/merge.html", context)

    @admin.display(description=gettext_lazy("kept record"))
    def into(self, merge: Merge):
        return names_cell(merge.kept)

    @admin.display(description=gettext_lazy("record merged into it"))
    def from_record(self, merge: Merge):
        return names_cell(merge.gone)

    @admin.display(description=gettext_lazy("state"))
    def state(self, merge: Merge):
        return badge(_("Undone"), "quiet") if merge.undone_at else badge(_("Merged"), "good")
