"""Addresses of the programme: editions, schedule, figures."""

app_name = "events"
urlpatterns: list = []
