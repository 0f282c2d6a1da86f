"""`python -m duecare`: the command line."""

from duecare.cli import main

main()
