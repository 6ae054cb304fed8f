"""Startup projects: building blocks of their texts, and the generator."""
