"""Refusals of the family EXT: extract."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

_NOTHING = "Nothing was taken in."

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind("EXT-001", "There is no delivery at this path.", f"{_NOTHING} Check the path and try again."),
    RefusalKind("EXT-002", "The delivery is empty.", f"{_NOTHING} Ask the source to send it again."),
    RefusalKind(
        "EXT-003",
        "The delivery holds a link or something that is not a plain file.",
        f"{_NOTHING} Send plain files in one folder, without links or folders inside it.",
    ),
    RefusalKind(
        "EXT-004",
        "The archive is not safe to open, or is not whole.",
        f"{_NOTHING} Pack the files again with an ordinary zip program and send them again.",
    ),
    RefusalKind(
        "EXT-005",
        "The archive is encrypted.",
        f"{_NOTHING} Send it unencrypted over a protected channel, or unpack it first.",
    ),
    RefusalKind(
        "EXT-006",
        "The delivery holds a file that neither its manifest nor the mapping of its source knows.",
        f"{_NOTHING} Take the file out, name it as the data dictionary does, or map it in sources/NAME.toml.",
    ),
    RefusalKind(
        "EXT-007",
        "A file's columns are not those that the mapping of its source knows.",
        f"{_NOTHING} Correct the header, or map or ignore the columns in sources/NAME.toml.",
    ),
    RefusalKind(
        "EXT-008",
        "A file's content does not have the hash that the manifest states.",
        f"{_NOTHING} The file was changed or cut short on its way. Send the delivery again.",
    ),
    RefusalKind(
        "EXT-009",
        "A file does not have the number of rows that the manifest states.",
        f"{_NOTHING} The file was cut short or the manifest is of another extract. Send the delivery again.",
    ),
    RefusalKind(
        "EXT-010",
        "The manifest cannot be read.",
        f"{_NOTHING} Correct manifest.json as docs/how-to/take-in-a-new-source.md shows, or leave it out.",
    ),
    RefusalKind(
        "EXT-011",
        "The files in the delivery are not those that its manifest names.",
        f"{_NOTHING} Send exactly the files that the manifest names.",
    ),
    RefusalKind(
        "EXT-012",
        "The delivery is larger than the limit.",
        f"{_NOTHING} Send it in parts, or ask the data officer to raise the limit.",
    ),
    RefusalKind(
        "EXT-013",
        "A file is cut short, broken, or not of the kind its name says.",
        f"{_NOTHING} Write the file again and send the delivery again.",
    ),
    RefusalKind(
        "EXT-014",
        "A file's text is in an encoding that is not read.",
        f"{_NOTHING} Write the file as UTF-8 and send the delivery again.",
    ),
    RefusalKind(
        "EXT-015",
        "It is not plain which source the delivery is from.",
        f"{_NOTHING} Say it with --source NAME: letters, digits, dot, hyphen and underscore, at most 64.",
    ),
    RefusalKind(
        "EXT-016",
        "Reading the delivery took more memory or time than the limit, or stopped without an answer.",
        f"{_NOTHING} The file may be damaged or made to do harm. Ask the source for a fresh extract.",
    ),
    RefusalKind(
        "EXT-017",
        "A mapping file cannot be used.",
        f"{_NOTHING} Correct the file in sources/ as docs/how-to/take-in-a-new-source.md shows.",
    ),
    RefusalKind(
        "EXT-018",
        "A file changed while it was being read.",
        f"{_NOTHING} Wait until the delivery is written in full, then receive it again.",
    ),
    RefusalKind(
        "EXT-019",
        "An XML file is not well formed, or was cut short.",
        f"{_NOTHING} Write the file again from the system it comes from, and send the delivery again.",
    ),
    RefusalKind(
        "EXT-020",
        "An XML file declares a document type or entities, which are never read.",
        f"{_NOTHING} The file may be made to do harm. Ask the source for an extract without them.",
    ),
    RefusalKind(
        "EXT-021",
        "An XML file is nested deeper, or holds longer tags or texts, than the limit.",
        f"{_NOTHING} The file may be damaged or made to do harm. Ask the source for a fresh extract.",
    ),
    RefusalKind(
        "EXT-022",
        "An XML file's elements are not those that the mapping of its source knows.",
        f"{_NOTHING} Ask the source for the file as it was collected, or name the elements in sources/NAME.toml.",
    ),
    RefusalKind(
        "EXT-023",
        "An XML file is of a collection, or a year of it, that the mapping of its source does not know.",
        f"{_NOTHING} Compare that year's guide with sources/NAME.toml, add what changed and the year, and send it again.",
    ),
    RefusalKind(
        "EXT-030",
        "There is no such delivery, or it has no such file set aside.",
        "Nothing was changed. Look for it on the page of deliveries.",
    ),
)
