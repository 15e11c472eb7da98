"""connectx as a subgraph of a federated graph (Apollo Federation 2): docs/federation.md.

Only a server with `CONNECTX_FEDERATION=on` imports it.
"""
