"""Forms as GOV.UK draws them: a form whose errors link to their fields, and fields for dates and moments."""
