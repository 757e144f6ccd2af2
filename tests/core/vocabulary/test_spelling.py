"""One name in many spellings: what falls together, what stays apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.vocabulary.spelling import LOWER, UPPER, coarse, grams, keys, plain, root_keys, roots

NAMES = st.text(alphabet=UPPER + LOWER + " -'ʼéÉŁłśčĐß\u0301", max_size=40)

SAME = [
    ("Oleksandr", "Олександр"),
    ("Alexandr", "Александр"),
    ("Yevhen", "Євген", "Ievhen", "Jewhen"),
    ("Evgenij", "Евгений", "Yevgeniy", "Jewgenij", "Evheny"),
    ("Serhii", "Сергій", "Serhiy", "Serhij", "Sergii"),
    ("Yuliia", "Julia", "Юлія", "Iuliia", "Youlia"),
    ("Shcherbak", "Щербак", "Scherbak", "Schtscherbak", "Szczerbak"),
    ("Zhuravel", "Журавель", "Shuravel"),
    ("Tsybulko", "Цибулько", "Cybulko", "Zybulko"),
    ("Kovalenko", "Коваленко", "Kowalenko", "Covalenko"),
    ("Khomenko", "Хоменко", "Homenko", "Gomenko"),
    ("Hordiienko", "Гордієнко", "Gordienko"),
    ("Mohammed", "Mohamed", "mohamed"),
    ("El-Khattabi", "El Khattabi", "Al Khatabi", "Elkhatabi", "AL-KHATTABI"),
    ("Abdul Rahman", "Abdelrahman", "Abd al-Rahman", "Abdul-Rahman", "Abdurrahman"),
    ("Ash-Shami", "Al-Shami", "Shami"),
    ("Знамʼянська", "Znamianska", "Znam'ianska", "Знам’янська"),
    ("Anna-Maria", "Anna Maria", "Анна-Марія"),
]
ALMOST = [
    ("Oleksandr", "Alexandr"),
    ("Mohammed", "Muhammad", "Mohamad"),
    ("Hussein", "Husain", "Hassan"),
    ("Serhii", "Sergey", "Сергей"),
    ("Fatima", "Fatema"),
]
APART = [("Ivan", "Yevhen"), ("Kovalenko", "Kovalchuk"), ("Olena", "Olha"), ("Ali", "Omar")]


@pytest.mark.parametrize("spellings", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_fall_together(spellings):
    assert len({plain(each) for each in spellings}) == 1


@pytest.mark.parametrize("spellings", ALMOST, ids=lambda names: names[0])
def test_others_fall_together_when_all_vowels_are_one(spellings):
    assert len({coarse(plain(each)) for each in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_names_stay_apart(one, other):
    assert coarse(plain(one)) != coarse(plain(other))


@pytest.mark.parametrize("nothing", ["", "–", " ", "12", "…", "'"])
def test_where_no_letter_is_there_are_no_keys(nothing):
    assert keys(nothing) == frozenset()


def test_the_groups_of_a_word_know_its_beginning_and_its_end():
    assert grams("ivan") == {"  i", " iv", "iva", "van", "an "}
    assert grams("") == frozenset()


@pytest.mark.parametrize("typed", ["kavalnka", "kavalanaka", "kavlanka", "kavalanxka", "vakalanka"])
def test_a_word_with_one_slip_of_the_hand_has_a_root_with_the_right_one(typed):
    assert roots(typed) & roots("kavalanka")


def test_a_short_word_has_one_root():
    assert roots("avan") == {"avn"}


@given(NAMES)
def test_a_folded_name_has_small_latin_letters_and_no_two_alike_side_by_side(name):
    folded = plain(name)
    assert set(folded) <= set("abdehiklmnoprstuv ")
    assert not any(one == other for one, other in pairwise(folded))
    assert folded == folded.strip()


@given(NAMES)
def test_small_and_capital_letters_are_the_same(name):
    assert plain(name.translate(str.maketrans(UPPER, LOWER))) == plain(name)


@given(
    st.lists(
        st.sampled_from(["Ivan", "Olena", "Kovalenko", "Марія", "Haddad", "Щербак"]), min_size=1
    )
)
def test_the_order_of_the_names_makes_no_difference(words):
    assert keys(" ".join(words)) == keys(" ".join(reversed(words)))


@given(NAMES)
def test_the_roots_are_among_the_keys(name):
    assert root_keys(name) <= keys(name)
    assert bool(root_keys(name)) == bool(plain(name))
