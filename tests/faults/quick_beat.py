"""Celery's application for a beat that sweeps the outbox as often as SWEEP_SECONDS says."""

import os

from hrconf.celery import app

app.conf.beat_schedule["sweep-outbox"]["schedule"] = float(os.environ["SWEEP_SECONDS"])
