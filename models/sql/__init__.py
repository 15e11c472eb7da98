"""Statements that are written once, and the connection that they run on."""
