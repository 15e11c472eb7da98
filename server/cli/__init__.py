"""The `connectx` command.

Workers of `connectx serve` import this module as well, so it imports almost nothing itself.
"""

from server.process.garbage_collection import collector_paused


def main() -> None:
    """The entry point of the `connectx` command."""
    with collector_paused():
        from server.cli.main import run_command
    run_command()
