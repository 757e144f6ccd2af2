"""Pages: parse, call once, render."""
