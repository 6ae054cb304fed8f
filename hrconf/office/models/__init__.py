"""What the office keeps for itself: deeds done, views and exports of lists."""

from hrconf.office.models.done import DoneDeed, Exact
from hrconf.office.models.kept import (
    MOST_COLUMNS,
    DefaultView,
    Kept,
    SavedExport,
    SavedView,
    views_of,
)

__all__ = [
    "MOST_COLUMNS",
    "DefaultView",
    "DoneDeed",
    "Exact",
    "Kept",
    "SavedExport",
    "SavedView",
    "views_of",
]
