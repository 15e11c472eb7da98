"""Registers a person: checks what was typed, and stores the user, the verification and its mail."""
