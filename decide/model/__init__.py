"""What a decision is, in the words of the field: frozen data, no files, no arrays."""
