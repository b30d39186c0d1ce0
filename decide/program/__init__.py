"""The model as one program of array operations, and the engine that runs it in blocks."""
