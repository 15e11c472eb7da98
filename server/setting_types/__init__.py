"""The types of setting values: how they are parsed and validated."""
