"""Agreements in the office: draw up, sign, register, fund, cancel; parties and rates."""

from agreements.admin import agreements, parties

__all__ = ["agreements", "parties"]
