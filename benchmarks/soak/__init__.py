"""`make soak`: everything at once against the real server, while parts of it are killed."""
