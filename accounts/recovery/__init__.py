"""Account recovery: a forgotten password, and an account that a stranger has changed."""
