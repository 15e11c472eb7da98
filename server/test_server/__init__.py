"""The server of `connectx test-server`: for other people's tests (docs/test-server.md).

`connectx serve` imports nothing of it.
"""
