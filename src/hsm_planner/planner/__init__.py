"""The dated plan: the neutral problem, routes from gaps to problems, exact search, replay."""
