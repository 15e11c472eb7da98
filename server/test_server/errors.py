"""How the control API refuses a request."""


class ControlError(Exception):
    """A request of the control API is refused, with a sentence for whoever writes the test."""
