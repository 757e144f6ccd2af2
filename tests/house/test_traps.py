import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
PLANTED = '''
import socket
import urllib.request
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.db.models import Count
from django.template import Context, Engine, Origin, Template

import perron_site
from perron_site.records.models import Organisation

pytestmark = pytest.mark.django_db
SITE = Path(perron_site.__file__).parent
WRITE = "def touch(rows): return rows.filter(kind='region').update(source='planted')"


def in_room(room):
    """A function that stands in a file of that room."""
    names = {}
    exec(compile(WRITE, str(SITE / room / "planted.py"), "exec"), names)
    return names["touch"]


def rendered(source, folder=SITE / "web" / "templates", **known):
    template = Template(source, Origin(str(folder / "planted.html")), engine=Engine())
    return template.render(Context(known))


def by_kind():
    return Organisation.objects.values("kind").annotate(count=Count("pk"))


def test_caught_by_number():
    with socket.socket() as far:
        far.connect(("192.0.2.1", 80))


def test_caught_by_number_without_error():
    with socket.socket() as far:
        far.connect_ex(("192.0.2.1", 80))


def test_caught_one_packet():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as far:
        far.sendto(b"x", ("192.0.2.1", 53))


def test_caught_by_name():
    urllib.request.urlopen("http://perron.example/")


def test_free_at_home():
    with socket.create_server(("127.0.0.1", 0)) as home:
        socket.create_connection(home.getsockname()).close()


def test_caught_query_writes():
    in_room("queries")(Organisation.objects.all())


def test_caught_query_deletes():
    names = {}
    exec(compile("def end(rows): rows._raw_delete('default')", str(SITE / "queries" / "p.py"), "exec"), names)
    names["end"](Organisation.objects.filter(kind="nothing"))


def test_free_action_writes():
    in_room("actions")(Organisation.objects.all())


def test_caught_variable():
    rendered("{{ nobody }}")


def test_caught_attribute():
    rendered("{{ person.nobody }}", person="Olena")


def test_caught_condition():
    rendered("{% if nobody %}x{% endif %}")


def test_free_variable():
    assert rendered("{{ person }}{% if person.title %}!{% endif %}", person="Olena") == "Olena!"


def test_free_template_of_somebody_else():
    rendered("{{ nobody }}", folder=SITE / "elsewhere")


def test_caught_cut_without_order():
    by_kind()[:2]


def test_caught_one_without_order():
    by_kind()[0]


def test_caught_pages_without_order():
    Paginator(by_kind(), 10).page(1)


def test_caught_order_relied_upon():
    rows = Organisation.objects.order_by().values_list("pk", flat=True)
    assert list(rows) == sorted(rows)


def test_free_with_order():
    assert list(by_kind().order_by("kind")[:2]) == list(by_kind().order_by("kind"))[:2]
    assert Organisation.objects.order_by("-pk").first() == Organisation.objects.order_by("pk").last()
'''
SAYS = {
    "by_number": "reaches for the network: 192.0.2.1",
    "by_number_without_error": "reaches for the network: 192.0.2.1",
    "one_packet": "reaches for the network: 192.0.2.1",
    "by_name": "reaches for the network: perron.example",
    "query_writes": "a query writes: UPDATE",
    "query_deletes": "a query writes: DELETE",
    "variable": "uses what does not exist: nobody in planted.html",
    "attribute": "uses what does not exist: nobody in planted.html",
    "condition": "uses what does not exist: nobody in planted.html",
    "cut_without_order": "a question without an order is cut: Organisation",
    "one_without_order": "a question without an order is cut: Organisation",
    "pages_without_order": "UnorderedObjectListWarning",
    "order_relied_upon": "assert",
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """What pytest says when it runs the planted faults among the traps: for each test, its line."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "test_planted.py").write_text(PLANTED, encoding="utf-8")
    (folder / "conftest.py").symlink_to(ROOT / "tests" / "conftest.py")
    surroundings = {key: each for key, each in os.environ.items() if not key.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"),
         "-p", "no:cacheprovider", "-p", "no:xdist", "-rA", "--tb=line", str(folder)],
        # As a worker of this run: the server is there, and the static files are not collected twice at once.
        env=surroundings | {"COLUMNS": "300", "PYTEST_XDIST_WORKER": "planted"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = re.findall(r"^(PASSED|FAILED|ERROR) \S+::test_(\w+)(.*)$", done.stdout, re.MULTILINE)
    assert lines, done.stdout + done.stderr
    return {name: (end, says) for end, name, says in lines}


def test_what_is_right_passes(planted):
    free = {name: end for name, (end, _) in planted.items() if name.startswith("free_")}
    assert set(free.values()) == {"PASSED"}, free


@pytest.mark.parametrize("fault", SAYS)
def test_each_trap_catches_its_fault(planted, fault):
    end, says = planted[f"caught_{fault}"]
    assert (end, SAYS[fault] in says) == ("FAILED", True), says


def test_each_planted_fault_is_asked_about(planted):
    assert {name for name in planted if name.startswith("caught_")} == {f"caught_{f}" for f in SAYS}
