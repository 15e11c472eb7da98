"""The process of a server: uvicorn, its workers, and the garbage collector."""
