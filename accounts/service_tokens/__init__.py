"""Service tokens: JWTs (RFC 9068) by which other services recognise a person for five minutes."""
