"""The command line: parsing, places on disk, exit codes. No logic."""
