"""Password hashing in threads, admission to it, and the supported formats."""
