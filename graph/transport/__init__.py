"""Serves the schema over HTTP, as server-sent events and over WebSockets."""
