"""Rate limits, their counters, and concurrency limits."""
