"""The site's commands of `perron`."""
