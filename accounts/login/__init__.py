"""Login, logout, and sessions."""
