"""Pages of the projects."""

"""Pages of projects."""
