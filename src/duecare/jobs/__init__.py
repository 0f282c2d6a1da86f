"""Background work: what is periodic, the queue it waits in, and the process that runs it."""
