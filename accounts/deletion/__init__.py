"""Deletion of accounts: scheduled by their owners, cancelled by a link, and done by the sweep."""
