"""The pages and the JSON API of the development mailbox. It shows all codes."""
