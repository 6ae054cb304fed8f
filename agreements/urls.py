"""Addresses of agreements and their reports."""

app_name = "agreements"
urlpatterns: list = []
