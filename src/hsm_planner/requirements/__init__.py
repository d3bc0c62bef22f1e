"""The rule language: per kind of leaf its model, its evaluator and its sentence; and the combinators."""
