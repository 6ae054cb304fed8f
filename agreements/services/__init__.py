"""Writes of agreements: sign, register, fund, cancel."""
