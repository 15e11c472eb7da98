"""Reads, checks and executes documents, whatever transport they came by."""
