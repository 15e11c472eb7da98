"""Reads, checks and executes documents, for every transport."""
