"""Addresses of invitations and registrations."""

app_name = "attendees"
urlpatterns: list = []
