"""Sessions: opened by a login, found by token, listed, and ended."""
