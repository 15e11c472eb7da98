"""Who is served, and when, if many come at once."""
