"""What the process writes about itself."""

import logging


def set_up_logging() -> None:
    """Lines on standard error, for this process and all of its libraries."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)-8s %(name)s: %(message)s")
