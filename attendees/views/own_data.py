"""What we keep about a guest, handed to them on their own page."""

from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect

from attendees.services.own_data import OWN_DATA_NAME, write_own_data
from attendees.services.places import registration_of
from attendees.views.personal import PersonalPage


class OwnDataPage(PersonalPage):
    """One file with everything about the person; only a button asks for it."""

    def find(self, token: str, edition_slug: str) -> Any:
        return registration_of(token, edition_slug)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Programs that open links get the page with the button, and no data."""
        return redirect(request.path.removesuffix("data/"))

    def post(self, request: HttpRequest) -> HttpResponse:
        file = BytesIO()
        write_own_data(self.row.person, file, is_opened=True)
        file.seek(0)
        response = FileResponse(file, as_attachment=True, filename=OWN_DATA_NAME)
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["X-Content-Type-Options"] = "nosniff"
        return response
