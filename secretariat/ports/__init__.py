"""The doors to the outside: one small Protocol a room."""
