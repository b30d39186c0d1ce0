"""Files to a checked, fully resolved model, or every problem at once with its place."""
