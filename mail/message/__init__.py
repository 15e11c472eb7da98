"""What a mail says: looked up, rendered in its language, and put into MIME format."""
