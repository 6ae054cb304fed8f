"""The address a monitor asks."""

urlpatterns: list = []
