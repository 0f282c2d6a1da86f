"""Links between records: link, review, judge, undo, explain and measure the error."""
