"""The address without a language: sends a reader to their own."""

from django.urls import path

from events.views.home import front

urlpatterns = [path("", front, name="home")]
