"""The HTML pages: the web app, GraphiQL, and those behind the links in mails."""
