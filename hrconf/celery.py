"""The Celery application: it only wakes things up; what must happen is a row."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrconf.settings")

app = Celery("hrconf")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add("hrconf.jobs.watch:Watch")
