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

# County departments that a Chinese county has [K]. id, name, leaders' field.
DEPARTMENTS = [
    ("office", "县委办公室", "综合"), ("gov-office", "县政府办公室", "综合"), ("organization", "县委组织部", "组织"),
    ("publicity", "县委宣传部", "宣传"), ("united-front", "县委统战部", "统战"), ("political-legal", "县委政法委", "政法"),
    ("discipline", "县纪委监委", "纪检监察"), ("development-reform", "县发展和改革局", "发展改革"), ("education", "县教育局", "教育"),
    ("science-industry", "县工业信息化和科技局", "工业"), ("ethnic", "县民族与宗教事务局", "民族宗教"), ("public-security", "县公安局", "公安"),
    ("civil-affairs", "县民政局", "民政"), ("justice", "县司法局", "司法"), ("finance", "县财政局", "财政"),
    ("human-resources", "县人力资源和社会保障局", "人社"), ("natural-resources", "县自然资源局", "自然资源"),
    ("housing", "县住房和城乡建设局", "住建"), ("transport", "县交通运输局", "交通"), ("agriculture", "县农业农村局", "农业农村"),
    ("marine", "县海洋与渔业局", "海洋渔业"), ("commerce", "县商务局", "商务"), ("culture-tourism", "县文化体育和旅游局", "文旅"),
    ("health", "县卫生健康局", "卫生健康"), ("veterans", "县退役军人事务局", "退役军人"), ("emergency", "县应急管理局", "应急"),
    ("audit", "县审计局", "审计"), ("market", "县市场监督管理局", "市场监管"), ("statistics", "县统计局", "统计"),
    ("forestry", "县林业局", "林业"), ("water", "县水利局", "水利"), ("medical-insurance", "县医疗保障局", "医保"),
    ("urban-management", "县城市管理局", "城管"), ("ecology", "宁德市霞浦生态环境局", "生态环境"), ("tax", "国家税务总局霞浦县税务局", "税务"),
    ("port", "县港航事务服务中心", "港航"), ("supply-coop", "县供销合作社联合社", "供销"), ("organ-services", "县机关事务服务中心", "机关事务"),
    ("finance-supervision", "县金融工作办公室", "金融"), ("poverty-relief", "县乡村振兴服务中心", "乡村振兴"), ("archives", "县档案馆", "档案"),
    ("union", "县总工会", "工会"), ("youth-league", "共青团霞浦县委", "青年"), ("women", "县妇女联合会", "妇女"), ("disabled", "县残疾人联合会", "残联"),
]
PARKS = [("park-east", "霞浦经济开发区", 9.0, (66, 50)), ("park-yacheng", "牙城工业园区", 26.0, (77, 25)), ("park-yantian", "盐田工业园区", 13.0, (27, 66))]
PRINCIPALS = [("secretary", "县委书记"), ("county-head", "县长")]
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


def main(folder, output):
    county = next(r for r in rows(folder, "areas.csv") if r["code"] == COUNTY)
    streets = [r for r in rows(folder, "streets.csv") if r["areaCode"] == COUNTY]
    villages = [r for r in rows(folder, "villages.csv") if r["areaCode"] == COUNTY]
    of_street = {s["code"]: [v for v in villages if v["streetCode"] == s["code"]] for s in streets}
    weights = [len(of_street[s["code"]]) * DENSITY.get(s["name"], 1.0) for s in streets]
    population = dict(zip((s["code"] for s in streets), shares(POPULATION, weights)))

    units, officials, links = [], [], []
    unit = lambda code, name, parent, kind, people=0, km=0.0, at=(50, 52): units.append(
        [code, name, parent, kind, people, f"{km:.1f}", f"{at[0]:.1f}", f"{at[1]:.1f}"])
    post = lambda code, title, rank, where: officials.append([code, title, rank, where])
    link = lambda code, how, where: links.append([code, how, where])

    unit(COUNTY, county["name"], "", "county", POPULATION)
    unit("committee", "中共霞浦县委", COUNTY, "party_committee")
    unit("government", "霞浦县人民政府", COUNTY, "county_government")
    unit("party-school", "县委党校", COUNTY, "party_school", km=2.0)
    unit("bureau", "县信访局", COUNTY, "petition_bureau", km=0.5)
    for code, name, _ in DEPARTMENTS:
        unit(code, name, COUNTY, "department", km=1.0)
    for code, name, km, at in PARKS:
        unit(code, name, COUNTY, "industrial_park", km=km, at=at)

    for code, title in PRINCIPALS:
        post(code, title, "principal_leader", "committee" if code == "secretary" else "government")
    for i in range(1, LEADERS + 1):
        mine = [d for k, d in enumerate(DEPARTMENTS) if k % LEADERS == i - 1]
        post(f"leader-{i:02d}", f"县处级领导{i:02d}（分管{'、'.join(d[2] for d in mine)}）", "county_leader",
             "government" if i % 2 else "committee")
        for d in mine:
            link(f"leader-{i:02d}", "in_charge_of", d[0])
    for i, (code, *_ ) in enumerate(PARKS):
        link(f"leader-{13 + i:02d}", "in_charge_of", code)
    # Two leaders for each township where 33 suffice, one first: every township has a leader of its own.
    for i in range(1, LEADERS + 1):
        link(f"leader-{i:02d}", "linked_to", streets[(i - 1) % len(streets)]["code"])
    for k, (code, *_ ) in enumerate(DEPARTMENTS):
        link(f"leader-{(k + 7) % LEADERS + 1:02d}", "liaises_with", code)

    post("bureau-head", "县信访局局长", "unit_head", "bureau")
    link("bureau-head", "heads", "bureau")
    for i in range(1, BUREAU_STAFF + 1):
        post(f"bureau-{i:02d}", f"信访局工作人员{i:02d}", "bureau_staff", "bureau")
        link(f"bureau-{i:02d}", "member_of", "bureau")
    for code, name, _ in DEPARTMENTS:
        post(f"{code}-head", f"{name}主要负责同志", "unit_head", code)
        link(f"{code}-head", "heads", code)
        for k in range(1, 5):
            post(f"{code}-{k}", f"{name}班子成员{k}", "team_member", code)
            link(f"{code}-{k}", "member_of", code)
    for code, name, *_ in PARKS:
        post(f"{code}-head", f"{name}管委会主任", "unit_head", code)
        link(f"{code}-head", "heads", code)
        for k in range(1, 4):
            post(f"{code}-{k}", f"{name}班子成员{k}", "team_member", code)
            link(f"{code}-{k}", "member_of", code)

    for s in streets:
        name, code = s["name"], s["code"]
        street = name.endswith("街道")
        x, y = PLACE[name]
        unit(code, name, COUNTY, "subdistrict" if street else "township", population[code], DISTANCE[name], PLACE[name])
        post(f"t{code[6:]}-secretary", f"{name}{'党工委' if street else '党委'}书记", "unit_head", code)
        post(f"t{code[6:]}-head", f"{name}{'办事处主任' if street else '乡长' if name.endswith('乡') else '镇长'}", "unit_head", code)
        link(f"t{code[6:]}-secretary", "heads", code)
        link(f"t{code[6:]}-head", "heads", code)
        inside = of_street[code]
        members = 11 if len(inside) > 14 else 9
        for k in range(1, members + 1):
            post(f"t{code[6:]}-{k:02d}", f"{name}班子成员{k:02d}", "team_member", code)
            link(f"t{code[6:]}-{k:02d}", "member_of", code)
        people = shares(population[code], [0.5 + chance(v["code"], "people") for v in inside])
        for k, v in enumerate(inside):
            angle = 2 * math.pi * (k + 0.5) / len(inside)
            far = 1.0 + 7.0 * math.sqrt(chance(v["code"], "distance")) * (0.3 if street else 1.0)
            at = (x + 0.6 * far * math.cos(angle), y + 0.6 * far * math.sin(angle))
            short, kind = short_name(v["name"])
            unit(v["code"], short, code, kind, people[k], DISTANCE[name] + far, at)
            link(f"t{code[6:]}-{k % members + 1:02d}", "linked_to", v["code"])

    for name, header, table in (
        ("units.csv", ["code", "name", "parent", "kind", "population", "distance_km", "x", "y"], units),
        ("officials.csv", ["post", "title", "rank", "unit"], officials),
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
