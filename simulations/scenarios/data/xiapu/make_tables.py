#!/usr/bin/env python3
"""Makes units.csv, officials.csv and links.csv of Xiapu county (350921) from the division codes.

    python3 make_tables.py DIVISIONS_FOLDER [OUTPUT_FOLDER]

DIVISIONS_FOLDER holds areas.csv, streets.csv and villages.csv (or villages.csv.xz). The tables are written to
OUTPUT_FOLDER, or else beside this script. Running it twice gives the same bytes. What is sourced and what is
inferred stands in ../PROVENANCE.md.
"""
import csv
import hashlib
import io
import lzma
import math
import os
import re
import sys

COUNTY = "350921"
POPULATION = 475_936  # census of 2020 [S]
HERE = os.path.dirname(os.path.abspath(__file__))

# Kilometres to the county seat, by road, and to the island township (海岛乡) by road and sea. Yantian (盐田)
# 13.5 is sourced [S]; the others are estimates [I].
DISTANCE = {
    "松城街道": 1.5, "松港街道": 4.0, "松山街道": 6.0, "长春镇": 24.0, "牙城镇": 27.0, "溪南镇": 29.0, "沙江镇": 15.0,
    "下浒镇": 38.0, "三沙镇": 26.0, "盐田畲族乡": 13.5, "水门畲族乡": 18.0, "崇儒畲族乡": 17.0, "柏洋乡": 33.0,
    "北壁乡": 47.0, "海岛乡": 52.0,
}
# Places on a schematic map, 0 to 100, north up: a drawing, not a survey [I].
PLACE = {
    "松城街道": (50, 52), "松港街道": (55, 46), "松山街道": (59, 57), "长春镇": (68, 74), "牙城镇": (72, 20), "溪南镇": (38, 82),
    "沙江镇": (50, 67), "下浒镇": (56, 88), "三沙镇": (84, 38), "盐田畲族乡": (30, 60), "水门畲族乡": (63, 28),
    "崇儒畲族乡": (38, 34), "柏洋乡": (52, 14), "北壁乡": (72, 92), "海岛乡": (92, 72),
}
# Inhabitants of a township beside its neighbours, per village: streets are denser [I].
DENSITY = {"松城街道": 3.6, "松港街道": 2.2, "松山街道": 1.6, "三沙镇": 1.4, "海岛乡": 0.5}

# County departments that a Chinese county has [K], in the English that such bodies usually bear. id, name, leaders' field, the same in
# English.
DEPARTMENTS = [
    ("office", "县委办公室", "综合", "General Office of the CPC County Committee", "general affairs"),
    ("gov-office", "县政府办公室", "综合", "General Office of the County Government", "general affairs"),
    ("organization", "县委组织部", "组织", "Organization Department of the CPC County Committee", "organization"),
    ("publicity", "县委宣传部", "宣传", "Publicity Department of the CPC County Committee", "publicity"),
    ("united-front", "县委统战部", "统战", "United Front Work Department of the CPC County Committee", "united front work"),
    ("political-legal", "县委政法委", "政法", "Political and Legal Affairs Commission of the CPC County Committee", "political and legal affairs"),
    ("discipline", "县纪委监委", "纪检监察", "County Commission for Discipline Inspection and Supervision", "discipline inspection and supervision"),
    ("development-reform", "县发展和改革局", "发展改革", "County Development and Reform Bureau", "development and reform"),
    ("education", "县教育局", "教育", "County Education Bureau", "education"),
    ("science-industry", "县工业信息化和科技局", "工业", "County Bureau of Industry, Information Technology and Science", "industry"),
    ("ethnic", "县民族与宗教事务局", "民族宗教", "County Bureau of Ethnic and Religious Affairs", "ethnic and religious affairs"),
    ("public-security", "县公安局", "公安", "County Public Security Bureau", "public security"),
    ("civil-affairs", "县民政局", "民政", "County Civil Affairs Bureau", "civil affairs"),
    ("justice", "县司法局", "司法", "County Justice Bureau", "justice"),
    ("finance", "县财政局", "财政", "County Finance Bureau", "finance"),
    ("human-resources", "县人力资源和社会保障局", "人社", "County Bureau of Human Resources and Social Security", "human resources and social security"),
    ("natural-resources", "县自然资源局", "自然资源", "County Natural Resources Bureau", "natural resources"),
    ("housing", "县住房和城乡建设局", "住建", "County Bureau of Housing and Urban-Rural Development", "housing and urban-rural development"),
    ("transport", "县交通运输局", "交通", "County Transport Bureau", "transport"),
    ("agriculture", "县农业农村局", "农业农村", "County Bureau of Agriculture and Rural Affairs", "agriculture and rural affairs"),
    ("marine", "县海洋与渔业局", "海洋渔业", "County Bureau of Ocean and Fisheries", "ocean and fisheries"),
    ("commerce", "县商务局", "商务", "County Commerce Bureau", "commerce"),
    ("culture-tourism", "县文化体育和旅游局", "文旅", "County Bureau of Culture, Sports and Tourism", "culture and tourism"),
    ("health", "县卫生健康局", "卫生健康", "County Health Bureau", "health"),
    ("veterans", "县退役军人事务局", "退役军人", "County Veterans Affairs Bureau", "veterans affairs"),
    ("emergency", "县应急管理局", "应急", "County Emergency Management Bureau", "emergency management"),
    ("audit", "县审计局", "审计", "County Audit Bureau", "audit"),
    ("market", "县市场监督管理局", "市场监管", "County Market Regulation Bureau", "market regulation"),
    ("statistics", "县统计局", "统计", "County Statistics Bureau", "statistics"),
    ("forestry", "县林业局", "林业", "County Forestry Bureau", "forestry"),
    ("water", "县水利局", "水利", "County Water Resources Bureau", "water resources"),
    ("medical-insurance", "县医疗保障局", "医保", "County Healthcare Security Bureau", "healthcare security"),
    ("urban-management", "县城市管理局", "城管", "County Urban Management Bureau", "urban management"),
    ("ecology", "宁德市霞浦生态环境局", "生态环境", "Xiapu Ecology and Environment Bureau of Ningde", "ecology and environment"),
    ("tax", "国家税务总局霞浦县税务局", "税务", "Xiapu County Tax Service, State Taxation Administration", "taxation"),
    ("port", "县港航事务服务中心", "港航", "County Port and Shipping Service Center", "ports and shipping"),
    ("supply-coop", "县供销合作社联合社", "供销", "County Federation of Supply and Marketing Cooperatives", "supply and marketing"),
    ("organ-services", "县机关事务服务中心", "机关事务", "County Government Offices Service Center", "government offices"),
    ("finance-supervision", "县金融工作办公室", "金融", "County Financial Affairs Office", "financial affairs"),
    ("poverty-relief", "县乡村振兴服务中心", "乡村振兴", "County Rural Revitalization Service Center", "rural revitalization"),
    ("archives", "县档案馆", "档案", "County Archives", "archives"),
    ("union", "县总工会", "工会", "County Federation of Trade Unions", "trade unions"),
    ("youth-league", "共青团霞浦县委", "青年", "Communist Youth League Xiapu County Committee", "youth"),
    ("women", "县妇女联合会", "妇女", "County Women's Federation", "women"),
    ("disabled", "县残疾人联合会", "残联", "County Disabled Persons' Federation", "disabled persons"),
]
PARKS = [
    ("park-east", "霞浦经济开发区", 9.0, (66, 50), "Xiapu Economic Development Zone"),
    ("park-yacheng", "牙城工业园区", 26.0, (77, 25), "Yacheng Industrial Park"),
    ("park-yantian", "盐田工业园区", 13.0, (27, 66), "Yantian Industrial Park"),
]
PRINCIPALS = [("secretary", "县委书记", "Secretary of the CPC Xiapu County Committee"), ("county-head", "县长", "Head of Xiapu County")]
LEADERS = 33
BUREAU_STAFF = 12


def rows(folder, name):
    path = os.path.join(folder, name)
    if os.path.exists(path):
        text = open(path, encoding="utf-8").read()
    else:
        text = lzma.open(path + ".xz", "rt", encoding="utf-8").read()
    return csv.DictReader(io.StringIO(text))


def chance(*names):
    """A number in [0, 1) that depends on the names alone."""
    digest = hashlib.sha256("/".join(names).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def shares(total, weights):
    """Whole numbers that sum to total, in proportion to the weights (largest remainders)."""
    whole = sum(weights)
    exact = [total * w / whole for w in weights]
    out = [math.floor(x) for x in exact]
    for i in sorted(range(len(out)), key=lambda i: out[i] - exact[i])[: total - sum(out)]:
        out[i] += 1
    return out


# Endings of the names of villages and communities, longest first, and what is left of them.
ENDINGS = [
    ("社区居民委员会", "社区", "community"), ("社区居委会", "社区", "community"), ("居民委员会", "社区", "community"),
    ("居委会", "社区", "community"), ("村民委员会", "村", "village"), ("村委会", "村", "village"),
]


def short_name(name):
    """The name without the word committee, and the kind that the ending tells."""
    for ending, kept, kind in ENDINGS:
        if name.endswith(ending):
            return name[: -len(ending)] + kept, kind
    return name, "community" if name.endswith("社区") else "village"


def syllables():
    """How each character is read, by the library's own table, and the words in which it is read otherwise."""
    path = os.path.join(HERE, "..", "..", "..", "..", "include", "sifang", "org", "pinyin_table.hpp")
    text, words = open(path, encoding="utf-8").read().split("pinyin_words[]")
    row = re.compile(r'\{"([^"]+)", "([^"]+)"\}')
    return {c: s for s, chars in row.findall(text) for c in chars}, {w: s.split() for w, s in row.findall(words)}


CHARACTERS, WORDS = syllables()
# What the end of a name is in English; a name of one syllable before an end of one keeps it: 下村 is Xiacun Village.
GENERIC = {"街道": "Subdistrict", "畲族乡": "She Ethnic Township", "乡": "Township", "镇": "Town", "社区": "Community", "村": "Village"}


def english(name):
    """A place in pinyin, with what it is in English."""
    end = next(e for e in GENERIC if name.endswith(e))
    own = name[: -len(end)]
    read, at = [], 0
    while at < len(name):
        word = next((w for w in WORDS if name.startswith(w, at)), None)
        read += WORDS[word] if word else [CHARACTERS[name[at]]]
        at += len(word or "1")
    read = read[: len(name) if len(own) == 1 and len(end) == 1 else len(own)]
    return read[0].capitalize() + "".join("'" * (s[0] in "aoe") + s for s in read[1:]) + " " + GENERIC[end]


def main(folder, output):
    county = next(r for r in rows(folder, "areas.csv") if r["code"] == COUNTY)
    streets = [r for r in rows(folder, "streets.csv") if r["areaCode"] == COUNTY]
    villages = [r for r in rows(folder, "villages.csv") if r["areaCode"] == COUNTY]
    of_street = {s["code"]: [v for v in villages if v["streetCode"] == s["code"]] for s in streets}
    weights = [len(of_street[s["code"]]) * DENSITY.get(s["name"], 1.0) for s in streets]
    population = dict(zip((s["code"] for s in streets), shares(POPULATION, weights)))

    units, officials, links = [], [], []
    unit = lambda code, name, parent, kind, in_english, people=0, km=0.0, at=(50, 52): units.append(
        [code, name, parent, kind, people, f"{km:.1f}", f"{at[0]:.1f}", f"{at[1]:.1f}", in_english])
    post = lambda code, title, rank, where, in_english: officials.append([code, title, rank, where, in_english])
    link = lambda code, how, where: links.append([code, how, where])

    unit(COUNTY, county["name"], "", "county", "Xiapu County", POPULATION)
    unit("committee", "中共霞浦县委", COUNTY, "party_committee", "CPC Xiapu County Committee")
    unit("government", "霞浦县人民政府", COUNTY, "county_government", "Xiapu County People's Government")
    unit("party-school", "县委党校", COUNTY, "party_school", "Party School of the CPC Xiapu County Committee", km=2.0)
    unit("bureau", "县信访局", COUNTY, "petition_bureau", "County Petition Bureau", km=0.5)
    for code, name, _, in_english, _ in DEPARTMENTS:
        unit(code, name, COUNTY, "department", in_english, km=1.0)
    for code, name, km, at, in_english in PARKS:
        unit(code, name, COUNTY, "industrial_park", in_english, km=km, at=at)

    for code, title, in_english in PRINCIPALS:
        post(code, title, "principal_leader", "committee" if code == "secretary" else "government", in_english)
    for i in range(1, LEADERS + 1):
        mine = [d for k, d in enumerate(DEPARTMENTS) if k % LEADERS == i - 1]
        post(f"leader-{i:02d}", f"县处级领导{i:02d}（分管{'、'.join(d[2] for d in mine)}）", "county_leader",
             "government" if i % 2 else "committee", f"County-level Leader {i:02d} ({'; '.join(d[4] for d in mine)})")
        for d in mine:
            link(f"leader-{i:02d}", "in_charge_of", d[0])
    for i, (code, *_ ) in enumerate(PARKS):
        link(f"leader-{13 + i:02d}", "in_charge_of", code)
    # Two leaders for each township where 33 suffice, one first: every township has a leader of its own.
    for i in range(1, LEADERS + 1):
        link(f"leader-{i:02d}", "linked_to", streets[(i - 1) % len(streets)]["code"])
    for k, (code, *_ ) in enumerate(DEPARTMENTS):
        link(f"leader-{(k + 7) % LEADERS + 1:02d}", "liaises_with", code)

    post("bureau-head", "县信访局局长", "unit_head", "bureau", "Director of the County Petition Bureau")
    link("bureau-head", "heads", "bureau")
    for i in range(1, BUREAU_STAFF + 1):
        post(f"bureau-{i:02d}", f"信访局工作人员{i:02d}", "bureau_staff", "bureau", f"Petition Bureau Staff Member {i:02d}")
        link(f"bureau-{i:02d}", "member_of", "bureau")
    for code, name, _, in_english, _ in DEPARTMENTS:
        post(f"{code}-head", f"{name}主要负责同志", "unit_head", code, f"Head of the {in_english}")
        link(f"{code}-head", "heads", code)
        for k in range(1, 5):
            post(f"{code}-{k}", f"{name}班子成员{k}", "team_member", code, f"{in_english} Team Member {k}")
            link(f"{code}-{k}", "member_of", code)
    for code, name, _, _, in_english in PARKS:
        post(f"{code}-head", f"{name}管委会主任", "unit_head", code, f"Director of the {in_english}")
        link(f"{code}-head", "heads", code)
        for k in range(1, 4):
            post(f"{code}-{k}", f"{name}班子成员{k}", "team_member", code, f"{in_english} Team Member {k}")
            link(f"{code}-{k}", "member_of", code)

    for s in streets:
        name, code = s["name"], s["code"]
        street = name.endswith("街道")
        x, y = PLACE[name]
        unit(code, name, COUNTY, "subdistrict" if street else "township", english(name), population[code], DISTANCE[name], PLACE[name])
        post(f"t{code[6:]}-secretary", f"{name}{'党工委' if street else '党委'}书记", "unit_head", code,
             f"Party Secretary of {english(name)}")
        post(f"t{code[6:]}-head", f"{name}{'办事处主任' if street else '乡长' if name.endswith('乡') else '镇长'}", "unit_head", code,
             f"Director of {english(name)} Office" if street else f"Head of {english(name)}")
        link(f"t{code[6:]}-secretary", "heads", code)
        link(f"t{code[6:]}-head", "heads", code)
        inside = of_street[code]
        members = 11 if len(inside) > 14 else 9
        for k in range(1, members + 1):
            post(f"t{code[6:]}-{k:02d}", f"{name}班子成员{k:02d}", "team_member", code, f"{english(name)} Team Member {k:02d}")
            link(f"t{code[6:]}-{k:02d}", "member_of", code)
        people = shares(population[code], [0.5 + chance(v["code"], "people") for v in inside])
        for k, v in enumerate(inside):
            angle = 2 * math.pi * (k + 0.5) / len(inside)
            far = 1.0 + 7.0 * math.sqrt(chance(v["code"], "distance")) * (0.3 if street else 1.0)
            at = (x + 0.6 * far * math.cos(angle), y + 0.6 * far * math.sin(angle))
            short, kind = short_name(v["name"])
            unit(v["code"], short, code, kind, english(short), people[k], DISTANCE[name] + far, at)
            link(f"t{code[6:]}-{k % members + 1:02d}", "linked_to", v["code"])

    for name, header, table in (
        ("units.csv", ["code", "name", "parent", "kind", "population", "distance_km", "x", "y", "name_en"], units),
        ("officials.csv", ["post", "title", "rank", "unit", "title_en"], officials),
        ("links.csv", ["post", "relation", "unit"], links),
    ):
        with open(os.path.join(output, name), "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(table)
        print(f"{name}: {len(table)} rows")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else HERE)
