"""The version, as a constant: looking it up in what is installed takes a good part of a start."""

__version__ = "0.1.0"
