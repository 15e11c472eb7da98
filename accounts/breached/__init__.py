"""Passwords that are known from data breaches: looked up in a file, or by a service."""
