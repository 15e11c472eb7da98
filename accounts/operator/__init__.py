"""The operations of the `connectx` command."""
