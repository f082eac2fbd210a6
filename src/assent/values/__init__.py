"""Plain values every room uses: dates, exact fractions, places in a file."""
