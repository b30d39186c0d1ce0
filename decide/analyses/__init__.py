"""One question a file: a result type and one pure function."""
