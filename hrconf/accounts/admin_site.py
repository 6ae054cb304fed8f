"""The office: Django's admin with our look, sign-in and security policy."""

from csp.decorators import csp_update
from unfold.sites import UnfoldAdminSite


class OfficeAdminSite(UnfoldAdminSite):
    """The organizers' admin."""

    def admin_view(self, view, cacheable=False):
        # Alpine.js, inside unfold, evaluates its attributes and sets styles.
        relaxed = csp_update({"script-src": ["'unsafe-eval'"], "style-src": ["'unsafe-inline'"]})
        return relaxed(super().admin_view(view, cacheable))
