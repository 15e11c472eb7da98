"""Codes and links in mails, for every purpose, and the verification of an address by them."""
