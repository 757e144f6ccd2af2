"""The command ``perron``: what it finds, how it ends, and what it says when something goes wrong."""

import os
import re
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from importlib.metadata import entry_points, version
from importlib.util import find_spec

import pytest

from perron.cli import main as room
from perron.cli.main import EXAMPLES, GROUP, OF_THE_SITE, language, main, parser_of
from perron.vocabulary.errors import BadFile, Fault, Refused
from perron.vocabulary.wording import message

POINTS = {point.name: point for point in entry_points(group=GROUP)}
COMMANDS = sorted(POINTS)
CORE = {
    name: point.load() for name, point in POINTS.items() if point.module.startswith("perron.cli.")
}
PERRON = "import sys; from perron.cli.main import main; sys.exit(main())"
WITHOUT_SITE = f"import sys; sys.modules['django'] = None; {PERRON}"
WITH_CTRL_C = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {PERRON}"


def perron(*words, program=PERRON):
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def ending(end):
    """How ``perron`` ends when its command ends so."""

    def act(_args):
        if isinstance(end, BaseException):
            raise end
        return end

    return room.run(Namespace(run=act), "en")


def examples():
    """Every command line of the core that a help text shows."""
    shown = [EXAMPLES]
    for command in CORE.values():
        parser = ArgumentParser()
        command.add_arguments(parser)
        shown.append(parser.epilog)
    lines = re.findall(r"^  perron ((\w+).*)$", "\n".join(shown), re.MULTILINE)
    return [line for line, word in lines if word in CORE]


def test_every_command_that_is_registered_belongs_to_the_core_or_to_the_site():
    assert {"responsibility", "rules"} <= set(CORE)
    assert set(COMMANDS) - set(CORE) == set(OF_THE_SITE)
    assert all(command.name == name and command.help for name, command in CORE.items())


@pytest.mark.parametrize("word", COMMANDS)
def test_every_command_explains_itself_with_an_example(word):
    told = perron(word, "--help")
    if word in OF_THE_SITE and find_spec("django") is None:
        assert told.returncode == 3
    else:
        assert (told.returncode, told.stderr) == (0, "")
        assert f"usage: perron {word}" in told.stdout
        assert f"  perron {word}" in told.stdout


def test_perron_lists_its_commands():
    told = perron("--help")
    assert (told.returncode, told.stderr) == (0, "")
    assert all(f"\n    {word}" in told.stdout for word in CORE)


def test_perron_says_its_version():
    told = perron("--version")
    assert (told.returncode, told.stdout) == (0, f"perron {version('perron')}\n")


def test_the_examples_name_only_commands_that_exist():
    named = re.findall(r"^  perron (\w+)", EXAMPLES, re.MULTILINE)
    assert named
    assert set(named) <= set(COMMANDS)


@pytest.mark.parametrize("line", examples())
def test_every_example_can_be_typed_as_it_stands(line):
    assert parser_of(CORE).parse_args(line.split()).run


@pytest.mark.parametrize("words", [[], ["unicorn"], ["--unicorn"], ["unicorn", "--help"]])
def test_no_command_or_an_unknown_one_is_bad_input(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: perron [-h]")


@pytest.mark.parametrize("word", OF_THE_SITE)
def test_without_the_site_its_commands_say_what_to_install(word):
    told = perron(word, program=WITHOUT_SITE)
    assert (told.returncode, told.stdout) == (3, "")
    assert told.stderr == f'perron {word} needs the site. Install it: pip install "perron[site]"\n'


def test_without_the_site_the_core_works():
    told = perron("responsibility", "check", program=WITHOUT_SITE)
    assert (told.returncode, told.stderr) == (0, "")
    listed = perron("--help", program=WITHOUT_SITE).stdout
    assert "\n    rules" in listed
    assert not any(f"\n    {word} " in listed for word in OF_THE_SITE)


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_a_command_ends_as_it_says(code):
    assert ending(code) == code


def test_each_fault_of_a_file_is_one_line_with_its_place(capsys):
    faults = (
        Fault("a.csv", 2, 7, message("file.not_utf8")),
        Fault("a.csv", 9, 1, message("file.expected", found="x", expected="y")),
    )
    assert ending(BadFile(faults)) == 2
    assert capsys.readouterr() == (
        "",
        "a.csv:2:7: The file is not UTF-8\na.csv:9:1: Found x, expected y\n",
    )


def test_what_the_rules_refuse_is_one_plain_line(capsys):
    assert ending(Refused("handover.to_yourself")) == 2
    assert capsys.readouterr().err == (
        "perron: You hold this already: choose another organisation\n"
    )


class OperationalError(Exception):
    """As the drivers of databases name it; they are no part of the core."""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FileNotFoundError(2, "No such file or directory", "a.csv"), "a.csv: No such file or"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (OperationalError("connection\n  refused"), "connection refused"),
        (OperationalError(), "OperationalError"),
    ],
)
def test_what_the_surroundings_refuse_is_one_plain_line(capsys, error, told):
    assert ending(error) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"perron: {told}")
    assert err.count("\n") == 1


def test_a_fault_of_the_program_itself_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        ending(ZeroDivisionError("x"))


@pytest.mark.parametrize(
    ("words", "environment", "spoken"),
    [
        (["rules", "--lang", "nl"], "fr_BE.UTF-8", "nl"),
        (["rules", "--lang=uk"], "fr_BE.UTF-8", "uk"),
        (["rules"], "fr_BE.UTF-8", "fr"),
        (["rules"], "C.UTF-8", "en"),
        (["rules"], "it_IT.UTF-8", "en"),
        (["rules", "--lang", "it"], "de_BE", "de"),
        (["rules", "--lang"], "ru_RU", "ru"),
        (["rules"], "", "en"),
    ],
)
def test_what_goes_wrong_is_said_in_the_language_that_is_asked(
    monkeypatch, words, environment, spoken
):
    monkeypatch.delenv("LANG", raising=False)
    monkeypatch.setenv("LC_ALL", environment)
    assert language(words) == spoken


def test_the_language_of_the_machine_counts_where_no_other_is_set(monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "nl_BE.UTF-8")
    assert language([]) == "nl"


def test_a_reader_who_has_read_enough_is_no_error():
    process = subprocess.Popen(
        [sys.executable, "-c", PERRON, "responsibility", "matrix", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), err) == (0, b"")


def interrupted(process):
    """What it said when it ended; a Ctrl-C just before a read that blocks is not noticed, so it is pressed again."""
    for _ in range(5):
        process.send_signal(signal.SIGINT)
        try:
            return process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    return process.communicate()


def test_ctrl_c_ends_with_130_and_says_nothing(tmp_path):
    pipe = tmp_path / "matrix.yaml"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-c", WITH_CTRL_C, "responsibility", "check", "--matrix", str(pipe)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writing = None
    while writing is None and process.poll() is None:
        try:
            writing = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.02)
    out, err = interrupted(process)
    os.close(writing)
    assert (process.returncode, out, err) == (130, b"", b"")
