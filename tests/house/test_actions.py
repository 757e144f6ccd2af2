"""Every act: who acts comes first, all else by name, one transaction, and a line in the journal."""

import ast
from pathlib import Path

ACTIONS = Path(__file__).resolve().parents[2] / "src" / "perron_site" / "actions"
WRITES = {"save", "create", "update", "delete", "bulk_create", "update_or_create", "get_or_create"}


def acts(tree):
    """The functions that a door calls: those in one transaction."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and any(
            ast.unparse(each) == "act" for each in node.decorator_list
        ):
            yield node


def calls(node):
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            func = each.func
            yield func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def reaches(name, functions, seen=()):
    """Whether a function writes a line in the journal, itself or through another of its file."""
    if name == "record":
        return True
    if name in seen or name not in functions:
        return False
    return any(reaches(each, functions, (*seen, name)) for each in calls(functions[name]))


def functions_of(tree):
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def called_by_doors():
    """What pages, commands and jobs import from the actions."""
    for room in ("web", "commands", "worker"):
        for path in (ACTIONS.parent / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                    "perron_site.actions"
                ):
                    yield from (each.name for each in node.names)


def faults(source, others=(), doors=frozenset({"close"})):
    tree = ast.parse(source)
    functions = functions_of(tree)
    for text in others:
        functions = functions_of(ast.parse(text)) | functions
    found = []
    for node in acts(tree):
        first = node.args.args[0] if node.args.args else None
        if first is None or first.arg != "by" or ast.unparse(first.annotation) != "Acting":
            found.append(f"{node.name}: the first argument is not by: Acting")
        if len(node.args.args) > 1:
            found.append(f"{node.name}: everything after by is given by name")
        if not reaches(node.name, functions):
            found.append(f"{node.name}: leaves no line in the journal")
        if not ast.get_docstring(node):
            found.append(f"{node.name}: says nothing about itself")
    in_one_transaction = {node.name for node in acts(tree)}
    for name, node in functions_of(tree).items():
        if name in doors - in_one_transaction and WRITES & set(calls(node)):
            found.append(f"{name}: writes outside a transaction of its own")
    return found


def test_every_act_keeps_the_four_beats():
    files = {path.name: path.read_text("utf-8") for path in sorted(ACTIONS.glob("*.py"))}
    lines = (ACTIONS.parent / "records" / "lines.py").read_text("utf-8")
    doors = frozenset(called_by_doors())
    found = {name: faults(text, [*files.values(), lines], doors) for name, text in files.items()}
    assert "take_proposal" in doors
    assert {name: each for name, each in found.items() if each} == {}


GOOD = '''
@act
def close(by: Acting, *, site_id: int) -> None:
    """Close it."""
    record(by, Event.SITE_CLOSED)
'''


def test_a_good_act_passes():
    assert faults(GOOD) == []


def test_each_planted_fault_is_caught():
    planted = {
        "the first argument is not by: Acting": GOOD.replace("by: Acting", "user: int"),
        "everything after by is given by name": GOOD.replace("*, site_id", "site_id"),
        "leaves no line in the journal": GOOD.replace("record(by, Event.SITE_CLOSED)", "pass"),
        "says nothing about itself": GOOD.replace('"""Close it."""', "x = 1"),
        "writes outside a transaction of its own": GOOD.replace("@act", "").replace(
            "record(by, Event.SITE_CLOSED)", "models.Site.objects.update(x=1)"
        ),
    }
    for fault, source in planted.items():
        assert any(fault in each for each in faults(source)), fault
