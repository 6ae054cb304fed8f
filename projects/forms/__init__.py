"""Forms of the projects."""

"""Forms of projects."""
