"""The GraphQL schema, and how it is served to clients."""
