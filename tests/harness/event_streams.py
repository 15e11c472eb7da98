"""Answers as server-sent events, as text."""

EVENTS = {"accept": "text/event-stream"}


def event(kind: str, data: str) -> str:
    return f"event: {kind}\ndata: {data}\n\n"


def single(data: str) -> str:
    return event("next", data) + event("complete", "")
