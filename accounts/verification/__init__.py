"""Verification of addresses by code, by link or by an operator, and its status."""
