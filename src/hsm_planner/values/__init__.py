"""Plain values: dates, lengths, amounts, evidence and the timeline. They know no rule and no file."""
