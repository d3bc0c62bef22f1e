"""The interview: which question comes next, how an answer is read, what is kept. It knows no terminal."""
