"""Moves a whole user base in and out, as lines of JSON."""
