"""Who judges what: plain data in, plain data out. Knows no Django (docs/decisions/0029)."""

from projects.assigning.solving import assign
from projects.assigning.terms import Assignment, Entry, Gap, Judge, Lack, Problem

__all__ = ["Assignment", "Entry", "Gap", "Judge", "Lack", "Problem", "assign"]
