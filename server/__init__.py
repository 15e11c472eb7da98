"""The outer layer: settings, the ASGI application, the `connectx` command."""
