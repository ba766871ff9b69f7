#!/usr/bin/env python3
"""Chinese texts of the program and of the report have Chinese punctuation, and the words of docs/terms.md.

Usage: words.py [SOURCE_FOLDER] [--write]

--write puts Chinese marks where half-width ones stand; words are for people to mend.

Texts are the string literals of C++ (include/, simulations/program/) and TypeScript (simulations/*/src/), the texts of scenarios
that ship, and the pages docs/*.zh.md. Left out are tables of what people write, which the readers of ledgers and tables know (INPUT).
"""
import pathlib
import re
import sys

WRITE = "--write" in sys.argv
ROOT = pathlib.Path(next((a for a in sys.argv[1:] if a != "--write"), pathlib.Path(__file__).resolve().parents[2]))
FULL = dict(zip(",:;?!()", "，：；？！（）"))
INPUT = {
    "include/sifang/io/ledger_words.hpp", "include/sifang/io/personal_data.hpp", "include/sifang/io/cell_text.hpp",
    "include/sifang/io/place_names.hpp", "include/sifang/org/division_names.hpp", "include/sifang/org/county_words.hpp",
    "include/sifang/calendar/recurrence_word_reader.hpp",
}
HAN = "\u3400-\u9fff"
CLOSE = "\u3001\u3002\u300b\u201d\uff09\uff0c\uff1a\uff1b\uff1f\uff01"  # 、。》”），：；？！
OPEN = "\u300a\u201c\uff08"  # 《“（
TOKEN = re.compile(r'''//[^\n]*|/\*.*?\*/|R"(\w*)\((?:.*?)\)\1"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'(?!\w)|`(?:[^`\\]|\\.)*`''', re.S)


def literals(source):
    """String literals of C++ or TypeScript as (place in the source, text); comments are passed over."""
    for found in TOKEN.finditer(source):
        text = found.group(0)
        if text[0] in "\"'`":
            yield found.start() + 1, text[1:-1]
        elif text[0] == "R":
            yield found.start() + text.index("(") + 1, text[text.index("(") + 1:text.rindex(")")]


def is_chinese(text):
    return re.search(f"[{HAN}]", text) is not None


def spoken(text):
    """The text with a sign for what is no sentence: code between backticks, an English word with its Chinese in brackets, a mark that is
    quoted itself."""
    for what in ("`[^`]*`", f"(?<=[A-Za-z]) \\([{HAN}、]+\\)", "(?<=“)[,:;?!()](?=”)"):
        text = re.sub(what, lambda found: "_" * len(found.group(0)), text)
    return text


def wrong_marks(text):
    """Where half-width marks stand in Chinese."""
    text = spoken(text)
    if not is_chinese(text):
        return []
    out = []
    behind, ahead = f"[{HAN}{CLOSE}{OPEN}]$", f"[{HAN}{OPEN}]"
    for found in re.finditer("[,:;?!()]", text):
        before, after, mark = text[:found.start()], text[found.end():], found.group(0)
        touches = re.search(behind, before)
        if mark == "(":
            touches = touches or re.match(ahead, after)
        elif mark == ")":  # of a pair of which the other is wrong
            touches = touches or len(out) > 0 and any(text[k] == "(" and ")" not in text[k:found.start()] for k in out)
        else:  # at the edge, what it is joined to is Chinese
            touches = touches or re.match(f" ?{ahead}", after) or not before.strip() or not after.strip()
        if touches:
            out.append(found.start())
    return out


def around(text, at):
    return text[max(0, at - 8):at + 9].replace("\n", " ")


def mended(text):
    """The text with Chinese marks, beside which no blank stands."""
    while found := wrong_marks(text):
        for at in reversed(found):
            before, after = text[:at], text[at + 1:]
            if text[at] == "(" and before.endswith(" ") and before.strip():
                before = before[:-1]
            elif text[at] not in "()" and after.startswith(" ") and after.strip():
                after = after[1:]
            text = before + FULL[text[at]] + after
    return text


# Pieces in both languages, of which the Chinese one has no character: `spoken(lang, ", ", "，")`.
PIECES = re.compile(r'\b(?:spoken|pick|in|say)\((?:\w+(?:\.\w+)*, ?)?"((?:[^"\\\n]|\\.)*)",\s*"((?:[^"\\\n]|\\.)*)"')


def wrong_pieces(source):
    for found in PIECES.finditer(source):
        chinese = found.group(2)
        if not is_chinese(chinese) and re.search("[,:;?!()]", chinese) and not re.search("[A-Za-z]", chinese):
            yield source.count("\n", 0, found.start()) + 1, chinese


def table_of_terms():
    """Rows as (words to use, words not to use, exceptions)."""
    out = []
    for line in (ROOT / "docs/terms.md").read_text(encoding="utf-8").split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and line.startswith("|") and is_chinese(cells[0]) and cells[0] != "用语":
            out.append((cells[0], [w for w in cells[1].split("、") if w], [w for w in cells[2].split("、") if w]))
    return out


def forbidden_in(text, terms):
    for word, instead, allowed in terms:
        left = text
        for one in sorted(allowed, key=len, reverse=True):
            left = left.replace(one, " ")
        for one in instead:
            if one in left:
                yield one, word


def glossary():
    """Chinese terms of the domain's glossary."""
    text = (ROOT / "docs/domain.md").read_text(encoding="utf-8")
    part = text[text.index("## 8. "):text.index("## 9. ")]
    return {term.strip() for row in re.findall(r"^\| ([^|]*) \|", part, re.M) for term in re.split("[/(（）)]", row) if is_chinese(term)}


def sources():
    """Texts by file: (file, line, text)."""
    files = [*ROOT.glob("include/**/*.hpp"), *ROOT.glob("simulations/program/*.?pp"), *ROOT.glob("simulations/*/src/**/*.ts")]
    for path in sorted(files):
        name = path.relative_to(ROOT).as_posix()
        if name in INPUT or name.endswith(".d.ts"):
            continue
        source = path.read_text(encoding="utf-8")
        found = list(literals(source))
        for at, text in found:
            yield name, source.count("\n", 0, at) + 1, text
        if WRITE:
            for at, text in reversed(found):
                source = source[:at] + mended(text) + source[at + len(text):]
            path.write_text(source, encoding="utf-8")
    for path in sorted(ROOT.glob("simulations/*/*.toml")):
        for line, row in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            for text in re.findall(r'_zh = "(.*?)"', row):
                yield path.relative_to(ROOT).as_posix(), line, text
    for path in sorted(ROOT.glob("docs/*.zh.md")):
        fenced = False
        for line, row in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            fenced ^= row.startswith("```")
            if not fenced and not row.startswith("<!--"):
                yield path.relative_to(ROOT).as_posix(), line, re.sub(r"\]\([^)]*\)", "]", row)


def own_rules_hold():
    """The test itself can say no."""
    assert [t for _, t in literals('f("a", R"(一)") // "no"\nx = \'二\' + `三`')] == ["a", "一", "二", "三"]
    for good in ("应为 8:30 至 9:00", "一，二：三（四）；五？", "默认：out/NAME", "--out（可选）", "a, b (c)", "claims (申诉求决)", "含“;”的", "变为 h/(h+1)。", "写作 `a; b`"):
        assert not wrong_marks(good), good
    for bad in ("一,二", "一: 二", "(一)", "一(R5)", "; 一", "一:", "“一”;二", "应为 (一)", "真的?"):
        assert wrong_marks(bad) and not wrong_marks(mended(bad)), bad
    assert mended("一: 二 (三), 四; (R5)五") == "一：二（三），四；（R5）五", mended("一: 二 (三), 四; (R5)五")
    assert list(wrong_pieces('spoken(lang, ", ", ",")')) and not list(wrong_pieces('spoken(lang, ", ", "，") in("KS, p", "KS(p)")'))
    terms = [("模拟次数", ["次重复"], ["次重复信访"])]
    assert list(forbidden_in("共 3 次重复", terms)) and not list(forbidden_in("每次重复信访影响", terms))


def main():
    own_rules_hold()
    wrong, terms = [], table_of_terms()
    used = {word: 0 for word, _, _ in terms}
    law = glossary()
    for word, instead, _ in terms:
        wrong += [f"docs/terms.md: '{one}' is a term of docs/domain.md" for one in instead if one in law]
    count = 0
    for name, line, text in sources():
        if not is_chinese(text):
            continue
        count += 1
        wrong += [f"{name}:{line}: half-width mark in Chinese: {around(text, at)}" for at in wrong_marks(text)]
        wrong += [f"{name}:{line}: '{one}' is called '{word}' (docs/terms.md)" for one, word in forbidden_in(text, terms)]
        for word in used:
            used[word] += word in text
    for path in sorted([*ROOT.glob("include/**/*.hpp"), *ROOT.glob("simulations/program/*.?pp")]):
        for line, piece in wrong_pieces(path.read_text(encoding="utf-8")):
            wrong.append(f"{path.relative_to(ROOT).as_posix()}:{line}: half-width mark in the Chinese of two: '{piece}'")
    wrong += [f"docs/terms.md: '{word}' is used nowhere" for word, times in used.items() if times == 0]
    if len(terms) < 20 or count < 2000 or len(law) < 60:
        wrong.append(f"fewer terms ({len(terms)}), texts ({count}) or terms of the law ({len(law)}) than there are")
    print("\n".join(wrong))
    print(f"{count} Chinese texts, {len(terms)} terms, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
