"""Changes of an email address: requested, confirmed from the new mailbox, undone from the old."""
