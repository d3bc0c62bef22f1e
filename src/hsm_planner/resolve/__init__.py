"""Profile and knowledge into a timeline: titles, degrees, kinds. The only room that guesses, and it says so."""
