"""The `connectx` command.

The workers of `connectx serve` begin here as well, so nothing is imported before it is called.
"""

from server.loading import loading


def main() -> None:
    """Runs the command that the process was called with."""
    with loading():
        from server.cli.commands import run_command
    run_command()
