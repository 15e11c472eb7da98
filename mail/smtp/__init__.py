"""Sends messages over SMTP.

Nothing is imported here: what most of the server needs of it shall not load aiosmtplib.
"""
