"""The `connectx` command.

The workers of `connectx serve` begin here as well, so nothing is imported before it is called.
"""

from server.garbage_collection import collector_paused


def main() -> None:
    """Runs the command that the process was called with."""
    with collector_paused():
        from server.cli.main import run_command
    run_command()
