"""A negative control shows that clients can collide; a busy machine may keep them apart once."""

import pytest

CHANCES = 10


def pytest_collection_modifyitems(items):
    """Give each control several chances to collide; what must hold has one only."""
    for item in items:
        if item.path.parent.name == "races" and "_without_the_" in item.name:
            item.add_marker(pytest.mark.flaky(reruns=CHANCES - 1))
