"""The server: listening, loading, letting visitors in."""
