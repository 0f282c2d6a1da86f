# Lists each target of the Makefile with the first sentence of the comment above it.
/^# / { text = text (text ? " " : "") substr($0, 3); next }
/^[a-z][a-z-]*:([^=]|$)/ {
    target = substr($0, 1, index($0, ":") - 1)
    end = match(text, /[.;:] |[.;:]$/)
    printf "  make %-16s %s\n", target, end ? substr(text, 1, end - 1) : text
}
{ text = "" }
