"""Invented organizations, in both languages."""
