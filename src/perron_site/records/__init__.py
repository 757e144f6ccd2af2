"""The only tables, and the one way to write a journal line."""
