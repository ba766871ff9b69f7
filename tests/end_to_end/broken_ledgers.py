#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Ledgers and spreadsheets that are broken, or made to break, each made here: what the program answers stands in
docs/broken-ledgers.md, and is compared with it. Usage: broken_ledgers.py PROGRAM SOURCE_FOLDER [--write]"""
import gzip
import io
import os
import re
import resource
import struct
import subprocess
import sys
import tempfile
import warnings
import zipfile

warnings.simplefilter("ignore")  # two parts of one name are meant
PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
PAGE = os.path.join(SOURCE, "docs", "broken-ledgers.md")
MOST_SECONDS, MOST_MEMORY = 60, 512 << 20
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
NAMES = ["id", "date", "place", "category", "channel", "group_size"]
GOOD = ["1", "2022-03-01", "350921001", "land", "visit", "1"]
HEAD = ",".join(NAMES) + "\n"
LINE = ",".join(GOOD) + "\n"
CHINESE = "编号,登记时间,问题属地,问题类别,信访形式,人数\n1,2022-03-01,三沙镇,土地,来访,1\n"


def csv_with(**changed):
    """A table of one row in which some fields are others."""
    return (HEAD + ",".join(changed.get(name, value) for name, value in zip(NAMES, GOOD)) + "\n").encode()


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, text in parts if isinstance(parts, list) else parts.items():
            file.writestr(zipfile.ZipInfo(name), text, method)
    return out.getvalue()


def cell(column, row, text, kind="inline"):
    at = f'{chr(ord("A") + column)}{row}'
    return {"inline": f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>', "number": f'<c r="{at}"><v>{text}</v></c>',
            "date": f'<c r="{at}" s="1"><v>{text}</v></c>'}.get(kind) or f'<c r="{at}" {kind}</c>'


def table(*rows):
    """Rows of a sheet; a cell is a text, or a pair of text and kind."""
    return "".join(f'<row r="{r}">' + "".join(cell(c, r, *(one if isinstance(one, tuple) else (one,))) for c, one in enumerate(row) if one) + "</row>"
                   for r, row in enumerate(rows, 1))


def parts(rows=None, *, part=None, after="", sheets='<sheet name="台账" sheetId="1" r:id="rId1"/>', properties="", main=MAIN):
    relation = f'<Relationship Id="%s" Type="{OFFICE}/%s" Target="%s"/>'
    package = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    rows = table(NAMES, GOOD) if rows is None else rows
    return {"_rels/.rels": package % (relation % ("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": package % (relation % ("rId1", "worksheet", "worksheets/sheet1.xml") + relation % ("rId2", "styles", "styles.xml") +
                                                     relation % ("rId3", "sharedStrings", "sharedStrings.xml")),
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{OFFICE}">{properties}<sheets>{sheets}</sheets></workbook>',
            "xl/styles.xml": f'<styleSheet {main}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f"<sst {main}><si><t>land</t></si></sst>",
            SHEET: part or f"<worksheet {main}><sheetData>{rows}</sheetData>{after}</worksheet>"}


def book(rows=None, **how):
    return zipped(parts(rows, **how))


def but(**more):
    """A good workbook of which some parts are others: sheet, workbook, rels, strings, styles."""
    named = {"sheet": SHEET, "workbook": "xl/workbook.xml", "rels": "xl/_rels/workbook.xml.rels", "strings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
    out = parts()
    for name, text in more.items():
        if text is None:
            del out[named[name]]
        else:
            out[named[name]] = text
    return out




def entry(data, name):
    """Offset of the local header of a part."""
    return data.index(b"PK\x03\x04", max(0, data.index(name.encode()) - 31))


def central(data, name):
    """Offset of its header in the directory."""
    return data.index(b"PK\x01\x02", data.rindex(name.encode()) - 47)



def with_flag(name):
    """A workbook in which a part is said to be encrypted."""
    data = bytearray(book())
    data[entry(data, name) + 6] |= 1
    data[central(data, name) + 8] |= 1
    return bytes(data)


def with_method(name, method):
    data = bytearray(book())
    data[entry(data, name) + 8:entry(data, name) + 10] = struct.pack("<H", method)
    data[central(data, name) + 10:central(data, name) + 12] = struct.pack("<H", method)
    return bytes(data)


def with_size(name, size):
    """A workbook in which a part is said to be of another length."""
    data = bytearray(book())
    for at in (entry(data, name) + 22, central(data, name) + 24):
        data[at:at + 4] = struct.pack("<I", size)
    return bytes(data)


def with_sum(name):
    data = bytearray(book())
    for at in (entry(data, name) + 14, central(data, name) + 16):
        data[at] ^= 0xFF
    return bytes(data)


ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefghi", "bcdefghij")) + "]>"
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
OLE = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(504)
MERGED = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
BROKEN = {
    # tables
    "empty.csv": ("no bytes", lambda: b""),
    "blank.csv": ("blank lines", lambda: b" \r\n\r\n\t\r\n"),
    "mark.csv": ("a byte-order mark alone", lambda: b"\xEF\xBB\xBF"),
    "header.csv": ("a header alone", lambda: HEAD.encode()),
    "no-header.csv": ("rows without a header", lambda: (LINE * 3).encode()),
    "cut-utf8.csv": ("UTF-8 cut inside a character", lambda: CHINESE.encode()[:-12]),
    "cut-gb18030.csv": ("GB18030 cut inside a character", lambda: CHINESE.encode("gb18030")[:-9]),
    "cut-utf16.csv": ("UTF-16 cut inside a unit", lambda: CHINESE.encode("utf-16")[:-1]),
    "surrogate.csv": ("UTF-16 with half a character", lambda: "编号".encode("utf-16") + b"\x00\xD8\x41\x00"),
    "utf16-no-mark.csv": ("UTF-16 without its byte-order mark", lambda: CHINESE.encode("utf-16-le")),
    "utf32.csv": ("UTF-32", lambda: CHINESE.encode("utf-32")),
    "big5.csv": ("Big5", lambda: "編號,登記時間,問題屬地,問題類別,信訪形式,人數\n1,2022-03-01,三沙鎮,土地,來訪,1\n".encode("big5")),
    "latin1.csv": ("Latin-1", lambda: (HEAD + "1,2022-03-01,caf\u00e9,land,visit,1\n").encode("latin-1")),
    "mixed.csv": ("UTF-8 above, GB18030 below", lambda: CHINESE.encode() + "2,2022-03-02,三沙镇,土地,来访,1\n".encode("gb18030")),
    "mojibake.csv": ("UTF-8 that was read as GB18030 and saved again", lambda: CHINESE.encode().decode("gb18030", "replace").encode()),
    "nul.csv": ("a NUL in a field", lambda: csv_with(category="la\0nd")),
    "random.csv": ("bytes of no text", lambda: bytes((i * 197 + i // 7) % 256 for i in range(5000))),
    "quote.csv": ("a quote that is not closed", lambda: csv_with(category='"land')),
    "after-quote.csv": ("text after a closing quote", lambda: csv_with(category='"land"x')),
    "short-row.csv": ("a row of four fields", lambda: (HEAD + "1,2022-03-01,350921001,land\n").encode()),
    "long-row.csv": ("a row of eight fields", lambda: (HEAD + LINE.strip() + ",7,8\n").encode()),
    "twice.csv": ("a column twice", lambda: ("date," + HEAD + "2022-03-01," + LINE).encode()),
    "no-date.csv": ("no column of dates", lambda: b"id,place,category,channel,group_size\n1,350921001,land,visit,1\n"),
    "pipes.csv": ("fields between |", lambda: (HEAD + LINE).replace(",", "|").encode()),
    "two-separators.csv": ("semicolons in the header, commas below", lambda: (HEAD.replace(",", ";") + LINE).encode()),
    "wide.csv": ("a hundred thousand columns", lambda: ("id" + ",x" * 100_000 + "\n").encode()),
    "million-columns.csv": ("a million columns without names", lambda: (HEAD.strip() + "," * 1_000_000 + "\n" + LINE).encode()),
    "long-field.csv": ("a field of 2 MB", lambda: csv_with(category="x" * 2_000_000)),
    "one-line.csv": ("1 MB without an end of line", lambda: b"x" * 1_000_000),
    "all-quotes.csv": ("half a million quotes", lambda: b'"' * 500_001),
    "flood.csv": ("twenty thousand bad rows", lambda: (HEAD + "x,y,z,w,v,u\n" * 20_000).encode()),
    "february.csv": ("30 February", lambda: csv_with(date="2022-02-30")),
    "american.csv": ("13/31/2022", lambda: csv_with(date="13/31/2022")),
    "year-9999.csv": ("a day of the year 9999", lambda: csv_with(date="9999-12-31")),
    "serial.csv": ("a day as the number of a spreadsheet", lambda: csv_with(date="44621")),
    "minguo.csv": ("a day of another era", lambda: csv_with(date="民国111年3月1日")),
    "hashes.csv": ("##### in place of a day", lambda: csv_with(date="########")),
    "error.csv": ("an error of a spreadsheet (REF) in place of a place", lambda: csv_with(place="#REF!")),
    "formula.csv": ("a formula that calls out", lambda: csv_with(category='"=HYPERLINK(""http://x"",""land"")"')),
    "persons.csv": ("12人 as a number", lambda: csv_with(group_size="12人")),
    "wide-digits.csv": ("digits of double width", lambda: csv_with(group_size="３")),
    "minus.csv": ("fewer than no persons", lambda: csv_with(group_size="-1")),
    "many-persons.csv": ("more persons than there are", lambda: csv_with(group_size="1e99")),
    "nan.csv": ("nan persons", lambda: csv_with(group_size="nan")),
    "other-county.csv": ("a place of another county", lambda: csv_with(place="110101001")),
    "bidi.csv": ("signs that turn text round", lambda: csv_with(place="\u202e三沙镇\u202c")),
    "escape.csv": ("what a terminal would obey", lambda: csv_with(place="\x1b[2J三沙镇")),
    "page.csv": ("a web page", lambda: b"<html><body><table><tr><td>id</td></tr></table></body></html>"),
    "object.csv": ("JSON", lambda: b'{"id": 1, "date": "2022-03-01"}'),
    "paper.pdf": ("a PDF", lambda: b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n"),
    "packed.csv.gz": ("gzip", lambda: gzip.compress((HEAD + LINE).encode(), mtime=0)),
    "old.xls": ("a workbook of before 2007", lambda: OLE),
    "password.xlsx": ("a workbook with a password", lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    # archives
    "cut.xlsx": ("the first half of a workbook", lambda: book()[:len(book()) // 2]),
    "head.xlsx": ("its first thirty bytes", lambda: book()[:30]),
    "tail.xlsx": ("its last bytes missing", lambda: book()[:-10]),
    "nothing.xlsx": ("an archive of nothing", lambda: zipped({})),
    "letter.docx": ("a letter", lambda: zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})),
    "table.ods": ("a spreadsheet of another kind", lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<office/>"})),
    "binary.xlsb": ("a workbook in binary", lambda: zipped({"_rels/.rels": parts()["_rels/.rels"].replace("workbook.xml", "workbook.bin"), "xl/workbook.bin": b"\x83\x01\x00"})),
    "inside.xlsx": ("a workbook in an archive", lambda: zipped({"ledger.xlsx": book()})),
    "no-sheet.xlsx": ("no sheet", lambda: zipped(but(sheet=None))),
    "no-strings.xlsx": ("no shared strings", lambda: zipped(but(strings=None))),
    "encrypted.xlsx": ("a part that is encrypted", lambda: with_flag(SHEET)),
    "method.xlsx": ("a part packed in an unknown way", lambda: with_method(SHEET, 99)),
    "sum.xlsx": ("a part with another check sum", lambda: with_sum(SHEET)),
    "size-less.xlsx": ("a part that says to be of ten bytes", lambda: with_size(SHEET, 10)),
    "size-more.xlsx": ("a part that says to be of 4 GB", lambda: with_size(SHEET, 0xFFFFFFF0)),
    "twice.xlsx": ("two parts of one name", lambda: zipped(list(parts().items()) + [(SHEET, "<worksheet/>")])),
    "bomb.xlsx": ("a sheet of 300 MB in 300 kB", lambda: zipped(but(sheet=" " * (300 << 20)))),
    "bomb-cells.xlsx": ("a sheet of 64 MB of cells", lambda: book(table(NAMES) + '<row r="2">' + "<c/>" * (16 << 20) + "</row>")),
    "bomb-strings.xlsx": ("shared strings of 80 MB", lambda: zipped(but(strings=f"<sst {MAIN}>" + "<si><t>aaaaaaaaaa</t></si>" * (3 << 20) + "</sst>"))),
    "bomb-workbook.xlsx": ("a list of sheets of 8 MB", lambda: zipped(but(workbook="x" * (8 << 20)))),
    "traversal.xlsx": ("a sheet that lies outside", lambda: zipped(but(rels=parts()["xl/_rels/workbook.xml.rels"].replace("worksheets/", "../../../../etc/")))),
    "absolute.xlsx": ("a sheet in /etc", lambda: zipped(but(rels=parts()["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "/etc/passwd")))),
    "outside-name.xlsx": ("a part whose name leads out", lambda: zipped(dict(parts(), **{"../../../tmp/evil": "x"}))),
    "linked.xlsx": ("a sheet of another file", lambda: zipped(but(rels=parts()["xl/_rels/workbook.xml.rels"].replace('Target="worksheets/sheet1.xml"', 'Target="http://x/s.xml" TargetMode="External"')))),
    # XML
    "entities.xlsx": ("entities that grow to 10 GB", lambda: zipped(but(sheet=ENTITIES + "<worksheet><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"))),
    "external.xlsx": ("an entity that is another file", lambda: zipped(but(strings=EXTERNAL + f"<sst {MAIN}><si><t>&x;</t></si></sst>"))),
    "utf16.xlsx": ("XML in UTF-16", lambda: zipped(but(sheet=parts()[SHEET].encode("utf-16")))),
    "no-utf8.xlsx": ("XML in no encoding", lambda: zipped(but(sheet=parts()[SHEET].encode().replace(b"land", b"la\xFFnd")))),
    "unclosed.xlsx": ("XML that ends early", lambda: book(part="<worksheet><sheetData><row><c>")),
    "no-xml.xlsx": ("a sheet that is no XML", lambda: book(part="text")),
    "deep.xlsx": ("three hundred thousand elements in each other", lambda: book(part="<worksheet><sheetData><row>" + "<c>" * 300_000 + "</row></sheetData></worksheet>")),
    "attributes.xlsx": ("a cell of a hundred thousand attributes", lambda: book('<row r="1"><c ' + "".join(f'a{i}="1" ' for i in range(100_000)) + "/></row>")),
    # sheets
    "blank.xlsx": ("a sheet without cells", lambda: book("")),
    "hidden.xlsx": ("all sheets hidden", lambda: book(sheets='<sheet name="a" sheetId="1" state="hidden" r:id="rId1"/>')),
    "hidden-first.xlsx": ("a hidden sheet before the one that is shown", lambda: zipped(dict(parts(table(["x"])), **{
        "xl/workbook.xml": parts(sheets='<sheet name="a" sheetId="1" state="hidden" r:id="rId1"/><sheet name="b" sheetId="2" r:id="rId9"/>')["xl/workbook.xml"],
        "xl/_rels/workbook.xml.rels": parts()["xl/_rels/workbook.xml.rels"].replace("</Relationships>", f'<Relationship Id="rId9" Type="{OFFICE}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>'),
        "xl/worksheets/sheet2.xml": parts()[SHEET]}))),
    "chart.xlsx": ("a chart alone", lambda: zipped(but(rels=parts()["xl/_rels/workbook.xml.rels"].replace("/worksheet\"", "/chartsheet\"")))),
    "far-column.xlsx": ("a cell in column AAAAA", lambda: book('<row r="1"><c r="AAAAA1"><v>1</v></c></row>')),
    "million-columns.xlsx": ("a row of 200,000 cells", lambda: book('<row r="1">' + "<c><v>1</v></c>" * 200_000 + "</row>")),
    "far-row.xlsx": ("row 9,999,999", lambda: book(table(NAMES, GOOD) + '<row r="9999999"/>')),
    "last-row.xlsx": ("a cell in the last row that there can be", lambda: book(table(NAMES, GOOD) + '<row r="1048576"><c r="A1048576"><v>2</v></c></row>')),
    "rows-back.xlsx": ("rows out of their order", lambda: book('<row r="5"/><row r="1"/>')),
    "cells-back.xlsx": ("cells out of their order", lambda: book('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>')),
    "no-cell.xlsx": ("a cell named 1A", lambda: book('<row r="1"><c r="1A"><v>1</v></c></row>')),
    "no-string.xlsx": ("a shared string that there is not", lambda: book('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')),
    # cells, of which the good is read
    "merged.xlsx": ("a number merged over two rows", lambda: book(table(NAMES, GOOD, ["", *GOOD[1:]]), after=MERGED)),
    "merged-title.xlsx": ("a title merged over all columns", lambda: book(table(["信访台账"], NAMES, GOOD), after='<mergeCells><mergeCell ref="A1:F1"/></mergeCells>')),
    "merges.xlsx": ("a hundred thousand merges", lambda: book(after="<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 100_000 + "</mergeCells>")),
    "formula.xlsx": ("a formula with its value", lambda: book(table(NAMES, [*GOOD[:5], ("", '><f>1+1</f><v>2</v>')]))),
    "never.xlsx": ("a formula that was never calculated", lambda: book(table(NAMES, [*GOOD[:5], ("", "><f>1+1</f>")]))),
    "error.xlsx": ("an error of a spreadsheet (N/A) in place of a place", lambda: book(table(NAMES, [*GOOD[:2], ("", 't="e"><f>VLOOKUP(1,A1:B2,2)</f><v>#N/A</v>'), *GOOD[3:]]))),
    "date.xlsx": ("a day as a number with the format of one", lambda: book(table(NAMES, [GOOD[0], ("44621", "date"), *GOOD[2:]]))),
    "date-1904.xlsx": ("days counted from 1904", lambda: book(table(NAMES, [GOOD[0], ("43159", "date"), *GOOD[2:]]), properties='<workbookPr date1904="1"/>')),
    "date-plain.xlsx": ("a day as a number without the format of one", lambda: book(table(NAMES, [GOOD[0], ("44621", "number"), *GOOD[2:]]))),
    "date-minus.xlsx": ("a day before 1900", lambda: book(table(NAMES, [GOOD[0], ("-5", "date"), *GOOD[2:]]))),
    "date-huge.xlsx": ("a day after the year 9999", lambda: book(table(NAMES, [GOOD[0], ("99999999999", "date"), *GOOD[2:]]))),
    "texts.xlsx": ("numbers stored as texts", lambda: book(table(NAMES, GOOD))),
    "numbers.xlsx": ("codes stored as numbers", lambda: book(table(NAMES, [("1", "number"), GOOD[1], ("350921001", "number"), *GOOD[3:5], ("1", "number")]))),
    "scientific.xlsx": ("a code as 3.50921001E8", lambda: book(table(NAMES, [*GOOD[:2], ("3.50921001E8", "number"), *GOOD[3:]]))),
    "truth.xlsx": ("TRUE in place of a number", lambda: book(table(NAMES, [*GOOD[:5], ("", 't="b"><v>1</v>')]))),
    "controls.xlsx": ("ends of lines and escapes in a cell", lambda: book(table(NAMES, [*GOOD[:3], "la&#10;nd_x000D_", *GOOD[4:]]))),
    "strict.xlsx": ("the strict form of the format", lambda: book(main='xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"')),
}


def answer(path, lang):
    """Exit code, lines on both streams, bytes of memory at the most."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen([PROGRAM, "--lang", lang, "ledger", path, "xiapu-2022"], stdout=out, stderr=err,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS)))
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return child.returncode, out.read().decode("utf-8"), err.read().decode("utf-8"), used.ru_maxrss * 1024


def said(path, code, out, err):
    """What a user learns, as one line: what is wrong first, or how many rows can be used."""
    lines = [line for line in err.replace(path + ": ", "").replace(path, os.path.basename(path)).splitlines() if line.strip()]
    rows = re.search(r"\d+ rows?, \d+ can be used", out)
    faults = [line for line in lines if not re.match(r"\d+ of \d+ rows", line)]
    text = "; ".join(([rows.group()] if rows else []) + faults[:1])
    return f"{code}: " + (text or (lines or ["nothing"])[0]) + (f" (and {len(faults) - 1} more)" if len(faults) > 1 else "")


def main():
    wrong = []
    rows = []
    most = 0
    with tempfile.TemporaryDirectory() as folder:
        probe = os.path.join(folder, "probe.xlsx")
        with open(probe, "wb") as file:
            file.write(zipped({"a": "a"}))
        has_office = "libzip" not in answer(probe, "en")[2]
        for name, (what, make) in BROKEN.items():
            path = os.path.join(folder, name)
            with open(path, "wb") as file:
                file.write(make())
            is_archive = open(path, "rb").read(2) == b"PK"
            if is_archive and not has_office:
                continue
            answers = {lang: answer(path, lang) for lang in ("en", "zh")}
            for lang, (code, out, err, memory) in answers.items():
                most = max(most, memory)
                if code not in (0, 1, 2):
                    wrong.append(f"{name}: ends with {code} under --lang {lang}: {err[-300:]}")
                if len(err) > 6000:
                    wrong.append(f"{name}: {len(err)} characters of messages")
                if memory > MOST_MEMORY:
                    wrong.append(f"{name}: {memory >> 20} MiB of memory")
                if "\x1b" in out + err or "\u202e" in out + err:
                    wrong.append(f"{name}: passes on what a terminal obeys")
                if code == 2 and not err:
                    wrong.append(f"{name}: says nothing")
            if answers["en"][0] != answers["zh"][0]:
                wrong.append(f"{name}: other exit codes in other languages")
            if answers["en"][2] and not re.search("[\u4e00-\u9fff]", re.sub(r"[^\n]*三沙[^\n]*", "", answers["zh"][2]) or answers["zh"][2]):
                wrong.append(f"{name}: no Chinese in {answers['zh'][2]!r}")
            code, out, err, _ = answers["en"]
            rows.append((name, what, said(path, code, out, err).replace("|", "\\|")))
            os.remove(path)
    if len(BROKEN) < 60:
        wrong.append("fewer than sixty files")
    listed = {name: f"| `{name}` | {what} | {text} |" for name, what, text in rows}
    page = open(PAGE, encoding="utf-8").read() if os.path.exists(PAGE) else ""
    if "--write" in sys.argv[3:]:
        head = page[:page.index("| file |")] if "| file |" in page else page
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(head + "| file | what is wrong with it | exit code and answer |\n|---|---|---|\n" + "".join(line + "\n" for line in listed.values()))
    else:
        found = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
        wrong += [f"{name}: expected\n  {found.get(name)}\nfound\n  {line}" for name, line in listed.items() if found.get(name) != line]
        wrong += [f"{name}: stands in the page alone" for name in found if name not in BROKEN]
    for line in wrong:
        print(line)
    print(f"{len(rows)} files, at most {most >> 20} MiB of memory")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
