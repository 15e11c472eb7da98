"""The operations of accounts: registration, verification, login, recovery, changes, deletion."""
