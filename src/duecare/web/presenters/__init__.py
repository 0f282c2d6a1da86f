"""Words and colours for what the steps hand over; nothing here reads the store or decides anything."""
