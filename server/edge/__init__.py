"""What connectx adds to uvicorn's protocols, so that one connection cannot take the server down."""
