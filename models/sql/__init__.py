"""Hand-written statements, and the connection that runs them."""
