"""Belgian residence law, one file a family of pathways."""
