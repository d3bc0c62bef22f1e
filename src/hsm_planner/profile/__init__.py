"""A person as they write themselves down, and reading that."""
