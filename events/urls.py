"""Addresses of the programme: editions, schedule, figures."""

from django.urls import path

from events.views import figures

app_name = "events"
urlpatterns = [
    path("<slug:edition>/figures/", figures.figures_page, name="figures"),
    path("<slug:edition>/figures.json", figures.figures_json, name="figures_json"),
]
