"""The rule language: for each kind of leaf its model, its evaluator over the timeline and its sentence; the combinators."""
