"""What is on file, told as it is: the law in plain words, what it needs, the acts, and whether a file is right."""
