"""The assessment: timeline, target and day into findings, path, gaps and questions."""
