"""The facts: models of the data files, strict loading with line numbers, the compiled form, checks."""
