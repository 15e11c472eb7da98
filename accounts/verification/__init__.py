"""Verifies an address by code, by link or by an operator, and tells how a verification stands."""
