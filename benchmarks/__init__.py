"""What the commands and the engine cost, beside the best that can be written by hand."""
