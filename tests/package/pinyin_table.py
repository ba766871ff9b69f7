#!/usr/bin/env python3
"""Makes include/sifang/org/pinyin_table.hpp from the readings of the Unihan database.

    python3 pinyin_table.py UNIHAN_READINGS [HEADER]

UNIHAN_READINGS is Unihan_Readings.txt of the Unicode Character Database, or the same with .bz2; Debian's package unicode-data has
it. The characters are those of the list of standard characters (kTGHZ2013) of the dictionary of modern Chinese (kXHC1983), and OTHERS. A
character that has one reading in the first of these has that one; else the customary one (kMandarin), or what PLACES says. Running it
twice gives the same bytes. Every reading below has to stand in Unihan, or the table is not made.
"""
import bz2
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
HEADER = os.path.join(HERE, "..", "..", "include", "sifang", "org", "pinyin_table.hpp")

# The reading that names of places have, where it is not the customary one of running text.
PLACES = dict(
    长="chang", 地="di", 佛="fo", 曾="zeng", 翟="zhai", 勒="le", 什="shi", 咀="zui", 似="si", 都="du", 卜="bu", 重="chong",
    厦="xia", 单="shan", 解="xie", 埔="pu", 牟="mu", 仔="zai", 畜="xu", 仇="qiu", 薄="bo", 还="huan", 茄="qie", 涡="guo",
    桔="ju", 呷="ga", 畬="she", 蕃="fan", 朝="chao", 乐="le", 会="hui", 番="fan", 大="da", 阿="a", 柏="bai", 员="yuan",
)
# Characters of names of the country's divisions that neither of the two lists has.
OTHERS = (
    "㟓㯊㱔䃥䩐丼丿乢乪亁仚倗內冚冸凗卩咘喦嗏嗮嘠囗坔坣坮垅垷埉塂塚塭墎墺壆尓尙屲屴屽岎岕岴岺峉峎峏崷嵔嵠嶀巺帲庒恵"
    "晹朩杮枆枌柅柤栆栜棆楟楻橖檺氵汖沋沕沶泑泘泶洊洖洰浀浿涳涺淰湆湗湡湳湻溡滣澬瀂熂爃犭狟猓琍瑤甶畓眕磂磘磛磝磳磵"
    "礐禇窵竂竜筸粦艞茍荘萂蓭蔄蔵藴蚳蟳賀贠軨郞鄮酄鋪鐣钅閻阝靄骔髙鮀鮜鲶鴜鶄鶖鷺"
)
# Words of names of places in which a character is read as it is not elsewhere; checked with the phrases of pypinyin 0.55.0 and the
# romanised names of GB/T 2260.
WORDS = """
东阿 dong e|中牟 zhong mu|丽水 li shui|乐亭 lao ting|乐清 yue qing|乐陵 lao ling|六安 lu an|六合区 lu he qu|六枝 liu zhi|句容 ju rong
吴堡 wu bu|柴沟堡 chai gou bu|瓦窑堡 wa yao bu|里堡 li pu|大埔 da bu|大城县 dai cheng xian|太行 tai hang|闵行 min hang|银行 yin hang
宝坻 bao di|尉犁 yu li|尉迟 yu chi|崆峒 kong tong|洪洞 hong tong|召陵 shao ling|枞阳 zong yang|泊头 bo tou|泌阳 bi yang|浒墅关 xu shu guan
浚县 xun xian|犍为 qian wei|番禺 pan yu|称多 chen duo|筠连 jun lian|繁峙 fan shi|荥经 ying jing|莘庄 xin zhuang|蔚县 yu xian
蚌埠 beng bu|蚌山 beng shan|西藏 xi zang|地藏 di zang|宝藏 bao zang|覃塘 qin tang|穆棱 mu ling|解放 jie fang|铅山 yan shan|黄陂 huang pi
鸭绿江 ya lu jiang|绿林 lu lin|长子县 zhang zi xian|长官 zhang guan|长老 zhang lao|龟兹 qiu ci|龙圩 long xu|音乐 yin yue|会稽 kuai ji
单位 dan wei|单斗 dan dou|单身 dan shen|大厦 da sha|广厦 guang sha|重工 zhong gong|重型 zhong xing|重点 zhong dian|种畜 zhong chu|畜禽 chu qin
萝卜 luo bo|校场 jiao chang|柞木 zuo mu|柞树 zuo shu|马圈 ma juan|羊圈 yang juan|牛圈 niu juan|降龙 xiang long|受降 shou xiang
星宿 xing xiu|人参 ren shen|堡子 bu zi|卡子 qia zi|糜子 mei zi|槟榔 bing lang|查家 zha jia|查村 zha cun|查庄 zha zhuang|曾经 ceng jing
"""
# The dictionary of modern Chinese has it for the names of two counties; Unihan has not.
BEYOND = {("乐", "lao")}


def flat(reading):
    """A syllable without its tone."""
    plain = "".join(c for c in unicodedata.normalize("NFD", reading) if c == "\u0308" or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain)


def readings(path):
    """All readings of each character by field, without tones, in their order."""
    opened = bz2.open(path, "rt", encoding="utf-8") if path.endswith(".bz2") else open(path, encoding="utf-8")
    out = {}
    with opened as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 3 or fields[1] not in ("kMandarin", "kTGHZ2013", "kXHC1983", "kHanyuPinyin", "kHanyuPinlu"):
                continue
            found = []
            for entry in fields[2].split():
                for one in re.sub(r"\(.*\)", "", entry.split(":")[-1]).split(","):
                    if flat(one) not in found:
                        found.append(flat(one))
            out.setdefault(chr(int(fields[0][2:], 16)), {})[fields[1]] = found
    return out


def reading_of(char, of):
    standard = of.get("kTGHZ2013", [])
    return PLACES.get(char) or (standard[0] if len(standard) == 1 else of.get("kMandarin", of.get("kXHC1983"))[0])


def main(source, target):
    unihan = readings(source)
    known = {c: of for c, of in unihan.items() if len(c.encode()) == 3 and ("kTGHZ2013" in of or "kXHC1983" in of or c in OTHERS)}
    words = [tuple(w.split(" ", 1)) for line in WORDS.strip().splitlines() for w in line.split("|")]
    for what, syllables in [*words, *PLACES.items()]:
        for char, syllable in zip(what, syllables.split(), strict=True):
            if (char, syllable) not in BEYOND and not any(syllable in field for field in unihan[char].values()):
                sys.exit(f"{what}: Unihan has no reading {syllable} of {char}")
    of_syllable = {}
    for char in sorted(known):
        of_syllable.setdefault(reading_of(char, known[char]), []).append(char)
    plain = lambda word: [reading_of(c, known[c]) for c in word]
    words = sorted(w for w in words if w[1].split() != plain(w[0]))

    out = HEAD
    # A row is at most so many columns of two for each character; longer ones go on below, under the same syllable.
    for syllable in sorted(of_syllable):
        chars = of_syllable[syllable]
        for at in range(0, len(chars), PER_ROW):
            out += f'    {{"{syllable}", "{"".join(chars[at:at + PER_ROW])}"}},\n'
    out += MIDDLE
    out += "".join(f'    {{"{word}", "{read}"}},\n' for word, read in words)
    out += TAIL
    with open(target, "w", encoding="utf-8", newline="\n") as header:
        header.write(out)
    print(f"{len(known)} characters, {len(of_syllable)} syllables, {len(words)} words")


PER_ROW = 60
HEAD = """// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_PINYIN_TABLE_HPP
#define SIFANG_ORG_PINYIN_TABLE_HPP

#include <string_view>

/// \\file
/// How the characters of names of places are read, without tones. Made by tests/package/pinyin_table.py from the Unihan database of
/// Unicode 15.0.0, of which it is a selection, modified as is said there.

// Copyright 1991-2022 Unicode, Inc. All rights reserved. Distributed under the Terms of Use in https://www.unicode.org/copyright.html.
//
// Permission is hereby granted, free of charge, to any person obtaining a copy of the Unicode data files and any associated documentation
// (the "Data Files") or Unicode software and any associated documentation (the "Software") to deal in the Data Files or Software without
// restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, and/or sell copies of the Data
// Files or Software, and to permit persons to whom the Data Files or Software are furnished to do so, provided that either (a) this
// copyright and permission notice appear with all copies of the Data Files or Software, or (b) this copyright and permission notice appear
// in associated Documentation.
//
// THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
// WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF THIRD PARTY RIGHTS. IN NO EVENT SHALL THE
// COPYRIGHT HOLDER OR HOLDERS INCLUDED IN THIS NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR CONSEQUENTIAL DAMAGES, OR ANY
// DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION,
// ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THE DATA FILES OR SOFTWARE.
//
// Except as contained in this notice, the name of a copyright holder shall not be used in advertising or otherwise to promote the sale,
// use or other dealings in these Data Files or Software without prior written authorization of the copyright holder.

namespace sifang::detail {

/// What is read alike: characters of one syllable, or one word and its syllables with blanks between.
struct pinyin_row {
  std::string_view first, second;
};

// clang-format off
/// Syllables and their characters.
inline constexpr pinyin_row pinyin_syllables[] = {
"""
MIDDLE = """};
/// Words in which a character is read as it is not elsewhere, and how.
inline constexpr pinyin_row pinyin_words[] = {
"""
TAIL = """};
// clang-format on

}  // namespace sifang::detail

#endif
"""

if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else HEADER)
