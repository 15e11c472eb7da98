"""The types that queries, mutations and subscriptions share."""
