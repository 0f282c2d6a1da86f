"""The site: Django views over steps, one page a file; words and colours live in presenters, markup in templates."""
