"""Imports and exports all users, as lines of JSON."""
