"""What clients see: the GraphQL schema and how it is served."""
