"""Password hashes: made off the event loop, admitted in turn, and read in several formats."""
