"""Registration: checks the input, and stores the user, the verification and its mail."""
