"""Policies: what a product requires of registrations, and how long its sessions last."""
