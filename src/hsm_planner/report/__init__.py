"""One module per form of report; each a pure function of a result."""
