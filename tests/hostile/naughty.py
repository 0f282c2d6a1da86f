"""Strings that have broken programs: written by us, after the kinds that public collections of such strings list."""

from __future__ import annotations

NAUGHTY = (
    "undefined", "null", "NULL", "None", "nil", "NaN", "Infinity", "-0", "1E+400", "0x10", "1_000", "true", "\\", "\\\\",
    "'", '"', "''", '""', "`", "';--", "1;DROP TABLE fact", "' OR '1'='1", "%s %d %n", "{0}", "${7*7}", "{{7*7}}", "$(id)",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "&lt;&amp;&#0;", "]]>", "<!--",
    "=1+1", "+1", "-1", "@SUM(1)", "=HYPERLINK(1)", "'=1", "''=1", "\t=1", "../../etc/passwd", "C:\\con", "file:///etc",
    "a\tb", "a\nb", "a\r\nb", "a\rb", "a\x0bb", "a\x1cb", "a\x85b", "a\u2028b", "a\u200bb", "a\u202eb", "\ufeffa",
    "\ufffe", "\uffff", "é", "e\u0301", "ﬀ", "İstanbul", "ß", "ﷺ", "田中さん", "🏳️‍🌈", "👩‍👩‍👧", "Z͑ͫ̓a̡͊͠l̈g͂o", "١٢٣", "𝟘𝟙",
    "Ω≈ç√∫", "مرحبا", "שלום", "Ⅷ", "０１", "\x7f", "\x1b[31m", "\x00", "\x1a", "a" * 70_000, "," * 50, ";" * 50, "a;b;;c",
)  # fmt: skip

# Whole files, each a way of writing CSV that readers disagree on; with how many rows lie under the header.
SHAPES = (
    (b"record_id,address\n1,\"a,b\"\n", 1),
    (b"record_id,address\r\n1,a\r\n2,b\r\n", 2),
    (b"record_id,address\n1,a\n2,b", 2),
    (b"record_id,address\n\n\n1,a\n\n", 1),
    (b"record_id,address\n1,\"say \"\"yes\"\"\"\n", 1),
    (b"record_id,address\n1,\"one\ntwo\r\nthree\rfour\"\n", 1),
    (b"record_id,address\n1,\"{\"\"type\"\": \"\"Point\"\"}\"\n", 1),
    (b"\xef\xbb\xbfrecord_id,address\n1,a\n", 1),
    (b"\xef\xbb\xbf\"record_id\",\"address\"\n\"1\",\"\"\n", 1),
    (b"record_id;address\n1;a,b\n", 1),
    (b"record_id\taddress\n1\ta\n", 1),
    (b" record_id , address \n1, a \n", 1),
    (b"record_id,address\r1,a\r2,b\r", 2),
    (b"record_id,address\n1,a\n\n2\n3,b,c\n", 3),
    (b"record_id,address\n1,\xff\xfe\n", 1),
    (b"record_id,address\n1,\"never closed\n2,b\n", 2),
    (b"record_id,address\n1,a\x00\n2,b\n", 2),
    (b"record_id,address\n1,a\x1a\n2,b\n", 2),
)  # fmt: skip
