"""What operators do through the `connectx` command."""
