"""HTTP requests: who asks, from which pages, and what a browser may do with the answer."""
