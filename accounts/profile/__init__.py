"""Profiles: the fields that a policy declares, and the values that people give."""
