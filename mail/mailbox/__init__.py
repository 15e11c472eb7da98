"""The development mailbox: mails that are kept for a web page, and sent to nobody."""
