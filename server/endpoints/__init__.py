"""Endpoints beside GraphQL, for other services and for operators."""
