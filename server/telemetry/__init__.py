"""What the process tells about itself: log lines, metrics and traces."""
