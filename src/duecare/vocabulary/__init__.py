"""The field's words as types: moments, calendar, kinds, identifiers, unknowns and refusals; imports nothing of ours."""
