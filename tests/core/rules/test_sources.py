"""Where the law is written: the act and its article, else the domain report by section; nothing else is a source."""

import ast
import re
from pathlib import Path

import pytest
import yaml

import perron.rules
import perron.vocabulary
from perron.rules.belgium.rulebook import belgium
from perron.rules.expressions import Cited, children

RULES = Path(perron.rules.__file__).parent
FACTS = Path(perron.vocabulary.__file__).parent / "facts.yaml"

PLACE = (
    r"(?:art\.|recital|chapter|§ ?\d+|al\. \d+|\d+°|ff\.|and|as changed by Act \d\d-\d\d-\d{4}"
    r"|\d+(?:bis|ter|quater|quinquies)?[A-Z]?(?:[/-]\d+)*(?:\([0-9a-z]\))*(?:-(?:\([0-9a-z]\))+)?)"
)
ARTICLE = rf"(?:art\.|recital) {PLACE}(?:,? {PLACE})*"
DAY = r"\d\d-\d\d-\d{4}"
ACT = (
    r"(?:Act|RD81|TPD|CID|GDPR|Nationality Code|Geneva Convention|Constitution"
    r"|Dir\. (?:\(EU\) )?\d{4}/\d+(?:/E[CU])?|Reg\. \((?:EU|EEC)\) \d+/\d+|CID \(EU\) 2022/382)"
)
NUMBER = (
    rf"(?:Act {DAY}|Programme Act {DAY}|RD {DAY}|AGW {DAY}|BVR {DAY}|Flemish decree {DAY}|circular {DAY}"
    rf"|Commission proposal {DAY}|Council Recommendation {DAY}|CGVS announcement {DAY}"
    r"|CALL \d{3}\.\d{3}(?: and \d{3}\.\d{3})*|CJEU C-\d+/\d+|COM\(\d{4}\) \d+|C/\d{4}/\d+|\(EU\) \d{4}/\d+"
    r"|CID \(EU\) 2022/382|Dir\. (?:\(EU\) )?\d{4}/\d+(?:/E[CU])?|Reg\. \((?:EU|EEC)\) \d+/\d+)"
)
SECTION = r"§\d(?:\.\d\d?)?(?: (?:row|step|part) \w+)?"
REPORT = rf"belgium\.md {SECTION}(?:, {SECTION})*"
NOTE = r"note [A-C]\d"
REMARK = r"(?: \((?P<remark>[^()]*(?:\([^()]*\)[^()]*)*)\))?"
PART = re.compile(rf"(?:{ACT} {ARTICLE}|{NUMBER}(?: {ARTICLE})?|{REPORT}|{NOTE}|design){REMARK}")

SITES = re.compile(
    r"(?<!belgium)\b[\w-]+\.(?:be|org|com|nl|net|eu|news|brussels)\b"
    r"|\b(?:vrr|agii|dofi|vvsg|aida|bx1|vrt|allrights|medimmigrant|helderrecht|kruispuntmi|help-?desk)\b",
    re.IGNORECASE,
)
"""Where something was read is no source: that stands in the domain report."""


def fault(row):
    """What is wrong with the source of a row, or nothing."""
    text = row["source"]
    found = [PART.fullmatch(each) for each in re.split(r"; (?![^(]*\))", text)]
    if not all(found):
        return "neither an act with its article nor a section of the domain report"
    if SITES.search(text):
        return "a site"
    if found[0][0].startswith(("note ", "design")) and row["mark"] != "D":
        return "what is only wished or chosen is no law"
    return None


def with_source(content, at):
    """Every row of a file that names a source or a mark, with its place in the file."""
    if isinstance(content, dict):
        if "source" in content:
            yield at, content
        for key, value in content.items():
            yield from with_source(value, f"{at}/{key}")
    elif isinstance(content, list):
        for place, value in enumerate(content):
            name = value.get("id") or value.get("key") if isinstance(value, dict) else None
            yield from with_source(value, f"{at}/{name or place}")


def in_files():
    """Every row of the files of the law: values, routes, rights, moves, clocks, courses, countries, facts."""
    for path in (*sorted(RULES.rglob("*.yaml")), FACTS):
        yield from with_source(yaml.safe_load(path.read_text("utf-8")), path.name)


def cited(expr):
    """Every condition with a source within an expression."""
    if isinstance(expr, Cited):
        yield expr
    for each in children(expr):
        yield from cited(each)


def in_rules():
    """Every condition of every route, by its label."""
    for route in belgium(safe_return=True).routes:
        for expr in (*route.conditions, route.yes, route.authority, *route.explains, *route.says):
            for one in cited(expr):
                yield one.label, {"source": one.source.text, "mark": one.source.mark.value}


def in_code():
    """Every source that is written out in the Python of the rules."""
    for path in sorted(RULES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Source"
            if named and isinstance(node.args[0], ast.Constant):
                mark = node.args[1].attr if isinstance(node.args[1], ast.Attribute) else ""
                yield (
                    f"{path.name}:{node.lineno}",
                    {
                        "source": node.args[0].value,
                        "mark": mark[:1],
                    },
                )


ROWS = [*in_files(), *in_rules(), *in_code()]


def test_every_source_is_an_act_with_its_article_or_a_section_of_the_domain_report():
    assert len(ROWS) > 700
    found = {f"{at}: {row['source']}": fault(row) for at, row in ROWS if fault(row)}
    assert found == {}


def test_what_carries_a_mark_carries_a_source():
    def unsourced(content, at):
        if isinstance(content, dict):
            if {"mark", "says"} & set(content) and not {"source", "legal"} & set(content):
                yield at
            for key, value in content.items():
                yield from unsourced(value, f"{at}/{key}")
        elif isinstance(content, list):
            for place, value in enumerate(content):
                yield from unsourced(value, f"{at}/{place}")

    files = [path for path in RULES.rglob("*.yaml") if path.name != "rights.yaml"]
    assert [
        at for path in files for at in unsourced(yaml.safe_load(path.read_text("utf-8")), path.name)
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "bx1.be", "vrr retributie", "Act art. 13; agii", "Act", "belgium.md", "no source found", "AIDA Belgium",
        "belgium.md §2.7 (medimmigrant.be)", "eeklo.be (belgium.md §2.10)", "Act art. thirteen", "",
    ],
)  # fmt: skip
def test_a_site_a_bare_act_and_nothing_at_all_are_no_source(text):
    assert fault({"source": text, "mark": "V"})


@pytest.mark.parametrize(
    "text",
    [
        "Act art. 57/30 §2 al. 1, 2°; CALL 277.962 and 277.981 (27-09-2022, split)", "TPD art. 22(2), 23(1), 23(2)",
        "Dir. 2003/109 art. 3(2)(a)-(e); Act art. 15bis §1", "belgium.md §2.10", "belgium.md §2.12, §7 row 12",
        "CID art. 2(1)(a); Act art. 57/29, 57/30", "Act 18-07-2025; belgium.md §2.12 (press)",
    ],
)  # fmt: skip
def test_an_act_with_its_article_and_a_section_are_a_source(text):
    assert fault({"source": text, "mark": "V"}) is None
