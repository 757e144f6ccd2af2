"""What a person's names are found by: a column that the database computes itself, by the rules of the core.

No act can forget it, no import brings it along, erasure leaves it empty. It stands in no model, so that no list of
people fetches it. ``FOLDS`` is what migrations run; whoever changes a rule adds a migration that runs ``AGAIN``.
"""

from collections.abc import Iterable
from hashlib import sha256

from perron.vocabulary import spelling as rules

TOUCHES = "records_person.spelled && %s"
COMMON = "(select count(*) from unnest(records_person.spelled) key where key = any(%s))"
SIZE = "cardinality(records_person.spelled)"
FOR, AGAINST = 10, 3
"""What a key in common counts for a person, and each of their own keys against them (measured, mark D)."""
NAMES = ("given_name", "family_name", "given_name_cyrillic", "family_name_cyrillic")


def text(value: str) -> str:
    """A constant of SQL."""
    return "'" + value.replace("'", "''") + "'"


def replaced(inner: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The expression after each rule, one after the other."""
    for old, new in pairs:
        inner = f"replace({inner}, {text(old)}, {text(new)})"
    return inner


def matched(inner: str, pattern: str, new: str) -> str:
    """The expression in which everything that fits the pattern is replaced."""
    return f"regexp_replace({inner}, {text(pattern)}, {text(new)}, 'g')"


def small(inner: str) -> str:
    """The expression in small letters."""
    return f"translate({inner}, {text(rules.UPPER)}, {text(rules.LOWER)})"


def plain(name: str) -> str:
    """``perron.vocabulary.spelling.plain`` as an expression."""
    latin = replaced(small(f"normalize({name}, nfc)"), rules.CYRILLIC + rules.STROKES)
    bare = matched(small(f"normalize({latin}, nfkd)"), rules.MARKS, "")
    apart = matched(matched(f"' ' || {bare} || ' '", rules.WITH_A_HYPHEN, " "), rules.GAPS, " ")
    on = matched(replaced(apart, rules.ARTICLES), rules.WRITTEN_ON, r" \1")
    letters = matched(replaced(on, rules.SOUNDS), rules.OTHERS, "")
    once = matched(matched(letters, rules.TWICE, r"\1"), rules.SOFT, r"\1")
    return "btrim(" + matched(once, rules.TWICE, r"\1") + ")"


PLAIN = (
    "create or replace function spelling_plain(name text) returns text language sql immutable strict"
    f" return {plain('name')}"
)
KEYS = f"""
create or replace function spelling_keys(name text) returns text[] language plpgsql immutable strict as $$
declare
    word text; coarse text; root text; found text[] = array[]::text[];
begin
    foreach word in array string_to_array(public.spelling_plain(name), ' ') loop
        coarse := {matched("word", rules.VOWELS, "a")};
        root := left(coarse, 1) || replace(substr(coarse, 2), 'a', '');
        found := found || ({text(rules.ROOT)} || root);
        for at in 1 .. length(word) + 1 loop
            found := found || substr('  ' || word || ' ', at, 3);
        end loop;
        for at in 1 .. length(coarse) + 1 loop
            found := found || ({text(rules.COARSE)} || substr('  ' || coarse || ' ', at, 3));
        end loop;
        for at in 1 .. case when length(root) >= {rules.LONG} then length(root) else 0 end loop
            found := found || ({text(rules.ROOT)} || left(root, at - 1) || substr(root, at + 1));
        end loop;
    end loop;
    return array(select distinct unnest(found));
end
$$"""
COLUMN = "alter table records_person add column spelled text[] generated always as (spelling_keys({})) stored".format(
    " || ' ' || ".join(NAMES)
)
INDEX = (
    "create index person_by_spelling on records_person using gin (spelled) with (fastupdate = off)"
)
GONE = (
    "alter table records_person drop column if exists spelled;"
    "drop function if exists spelling_keys(text); drop function if exists spelling_plain(text)"
)
FOLDS = f"{PLAIN};{KEYS};{COLUMN};{INDEX}"
AGAIN = f"{GONE};{FOLDS}"


def rules_of_now() -> str:
    """What the rules come to, in short: a migration names it, so that none changes unseen."""
    return sha256(FOLDS.encode()).hexdigest()[:12]
