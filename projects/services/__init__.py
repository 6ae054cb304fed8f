"""Writes of the projects."""
