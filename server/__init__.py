"""The edge: settings, the ASGI application, the `connectx` command."""
