"""Will a matter be ratified? The matters like it, the forecast day by day, and the score that comes with it."""
