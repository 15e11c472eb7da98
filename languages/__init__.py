"""The languages that people are addressed in: catalogues, and which one a browser asks for."""
