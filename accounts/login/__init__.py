"""Login by password or after a registration, and changes of the password."""
