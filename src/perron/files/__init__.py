"""Files in and out; an error names file, line and column."""
