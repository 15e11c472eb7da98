"""Logs people in and out, and keeps their sessions."""
