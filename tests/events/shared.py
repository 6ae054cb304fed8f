"""Real files that this project does not ship: used where the machine has them."""

import os
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(os.environ.get("SHARED_DATA") or settings.BASE_DIR.parent / "shared" / "data")
SCHEDULES = FOLDER / "schedules"
VALIDATORS = FOLDER / "validators" / "voc"

needs_schedules = pytest.mark.skipif(
    not SCHEDULES.is_dir(), reason=f"no schedules in {FOLDER}; say where with SHARED_DATA"
)
needs_validators = pytest.mark.skipif(
    not VALIDATORS.is_dir(), reason=f"no validators in {FOLDER}; say where with SHARED_DATA"
)
