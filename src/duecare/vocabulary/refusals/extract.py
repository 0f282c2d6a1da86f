"""The codes and texts of refusals of deliveries and their files: EXT."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "EXT-001",
        "There is no delivery at this path.",
        "Nothing was loaded. Check the path and try again.",
    ),
    RefusalKind(
        "EXT-002",
        "The delivery is empty.",
        "Nothing was loaded. Ask the source to send it again.",
    ),
    RefusalKind(
        "EXT-003",
        "The delivery contains a link, or something that is not a plain file.",
        "Nothing was loaded. Send plain files in one folder, without links or folders inside it.",
    ),
    RefusalKind(
        "EXT-004",
        "The archive is not safe to open, or is incomplete.",
        "Nothing was loaded. Pack the files again with an ordinary zip program and send them again.",
    ),
    RefusalKind(
        "EXT-005",
        "The archive is encrypted.",
        "Nothing was loaded. Send it unencrypted over a protected channel, or unpack it first.",
    ),
    RefusalKind(
        "EXT-006",
        "The delivery has a file that is not in its manifest or in the mapping of its source.",
        "Nothing was loaded. Remove the file, name it as the data dictionary does, or map it in sources/NAME.toml.",
    ),
    RefusalKind(
        "EXT-007",
        "A file's columns do not match the mapping of its source.",
        "Nothing was loaded. Correct the header, or map or ignore the columns in sources/NAME.toml.",
    ),
    RefusalKind(
        "EXT-008",
        "A file does not match its hash in the manifest.",
        "Nothing was loaded. The file was changed or cut short on the way. Send the delivery again.",
    ),
    RefusalKind(
        "EXT-009",
        "A file does not have the number of rows in the manifest.",
        "Nothing was loaded. The file was cut short, or the manifest is for another extract. Send the delivery again.",
    ),
    RefusalKind(
        "EXT-010",
        "The manifest cannot be read.",
        "Nothing was loaded. Correct manifest.json as docs/how-to/take-in-a-new-source.md shows, or leave it out.",
    ),
    RefusalKind(
        "EXT-011",
        "The files in the delivery are not those in its manifest.",
        "Nothing was loaded. Send exactly the files that the manifest lists.",
    ),
    RefusalKind(
        "EXT-012",
        "The delivery is larger than the limit.",
        "Nothing was loaded. Send it in parts, or ask the data officer to raise the limit.",
    ),
    RefusalKind(
        "EXT-013",
        "A file is cut short, broken, or not the type its name suggests.",
        "Nothing was loaded. Write the file again and send the delivery again.",
    ),
    RefusalKind(
        "EXT-014",
        "A file's text is in an encoding that Duecare cannot read.",
        "Nothing was loaded. Save the file as UTF-8 and send the delivery again.",
    ),
    RefusalKind(
        "EXT-015",
        "It is not clear which source the delivery is from.",
        "Nothing was loaded. Name the source with --source NAME, in at most 64 letters, digits, dots, hyphens and"
        " underscores.",
    ),
    RefusalKind(
        "EXT-016",
        "Reading the delivery took more memory or time than the limit, or stopped without a result.",
        "Nothing was loaded. The file may be damaged or malicious. Ask the source for a new extract.",
    ),
    RefusalKind(
        "EXT-017",
        "A mapping file cannot be used.",
        "Nothing was loaded. Correct the file in sources/ as docs/how-to/take-in-a-new-source.md shows.",
    ),
    RefusalKind(
        "EXT-018",
        "A file changed while it was being read.",
        "Nothing was loaded. Wait until the delivery is complete, then receive it again.",
    ),
    RefusalKind(
        "EXT-019",
        "An XML file is not well formed, or was cut short.",
        "Nothing was loaded. Export the file again from its system, and send the delivery again.",
    ),
    RefusalKind(
        "EXT-020",
        "An XML file declares a document type or entities, which are never read.",
        "Nothing was loaded. The file may be malicious. Ask the source for an extract without them.",
    ),
    RefusalKind(
        "EXT-021",
        "An XML file is nested too deeply, or has tags or texts longer than the limit.",
        "Nothing was loaded. The file may be damaged or malicious. Ask the source for a new extract.",
    ),
    RefusalKind(
        "EXT-022",
        "An XML file's elements do not match the mapping of its source.",
        "Nothing was loaded. Ask the source for the file as it was collected, or add the elements to"
        " sources/NAME.toml.",
    ),
    RefusalKind(
        "EXT-023",
        "An XML file is from a collection, or a year of it, that is not in the mapping of its source.",
        "Nothing was loaded. Compare that year's guide with sources/NAME.toml, add what changed and the year, and"
        " send it again.",
    ),
    RefusalKind(
        "EXT-030",
        "There is no such delivery, or it has no such file with rows set aside.",
        "Nothing was changed. Find it on the page of deliveries.",
    ),
)
