"""State law against federal law, by state and year."""
