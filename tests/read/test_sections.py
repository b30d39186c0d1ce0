"""Sections over several files, labels, switching off, tables."""

import hashlib
from datetime import date

import pytest

from decide.model.number import Fixed
from tests.read.reading import CHOICE, errors, read

CRITERIA = """\
decision: {title: T}
strategies: {wait: {}, go: {pay: 1}}
criteria:
  supply: {worst: 0, best: 10, swing: 100, swing_reason: r}
  speed: {worst: 36, best: 6, unit: months, swing: 50, swing_reason: r}
"""


def value(number: object) -> float:
    assert isinstance(number, Fixed)
    return number.value


def test_a_section_may_be_spread_over_files_and_folders() -> None:
    model = read(
        CHOICE,
        {
            "criteria/a.yaml": "quantities: {a: 1}\nsources: {s: {title: S, published: 2020}}\n",
            "criteria/deep/er/b.yml": "quantities: {b: {value: 2, source: s}}\n",
            "targets/firm.yaml": "targets: {one: {label: One}}\n",
            "targets/other.YAML": "targets: {two: {label: Two}}\nquantities: {c: a + b}\n",
        },
    )
    assert list(model.quantities) == ["a", "b", "c"]
    assert list(model.targets) == ["one", "two"]


def test_files_carry_their_path_and_hash() -> None:
    (file,) = read(CHOICE).files
    assert file.path == "criteria/case.yaml"
    assert file.sha256 == hashlib.sha256(CHOICE.encode()).hexdigest()


def test_other_files_are_left_alone() -> None:
    others = {"criteria/notes.txt": "{", "reports/old.yaml": "{", "other/x.yaml": "{"}
    assert len(read(CHOICE, others).files) == 1


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "Prix"), ("en", "Price"), ("de", "Price"), ("", "Price")]
)
def test_a_label_is_shown_in_the_language_asked_for_or_in_english(language: str, text: str) -> None:
    model = read(f"{CHOICE}quantities: {{x: {{value: 1, label: {{fr: Prix, en: Price}}}}}}\n")
    assert model.quantities["x"].label.in_language(language) == text


def test_what_has_no_label_is_shown_under_its_id() -> None:
    strategies = read(CHOICE).strategies
    assert [str(s.label) for s in strategies.values()] == ["Take", "Go without"]


def test_a_partial_date_counts_as_its_last_day() -> None:
    model = read(
        f"{CHOICE}sources:\n  a: {{title: A, published: 2023}}\n"
        "  b: {title: B, published: 2024-02}\n  c: {title: C, published: 2023-10-05}\n"
    )
    assert [s.published for s in model.sources.values()] == [
        date(2023, 12, 31),
        date(2024, 2, 29),
        date(2023, 10, 5),
    ]


def test_what_is_switched_off_is_kept_apart_with_its_performances() -> None:
    model = read(
        "decision: {title: T}\n"
        "strategies: {wait: {}, go: {pay: 1}, rush: {off: true, pay: 2}}\n"
        "criteria:\n"
        "  supply: {worst: 0, best: 10, swing: 100, swing_reason: r}\n"
        "  speed: {off: true, worst: 36, best: 6, swing: 50, swing_reason: r}\n"
        "  people:\n    off: true\n    swing: 10\n    swing_reason: r\n"
        "    criteria: {morale: {worst: 0, best: 1, swing: 1, swing_reason: r}}\n"
        "targets: {firm: {off: true}}\n"
        "performances:\n"
        "  wait: {supply: 0, speed: 36, morale: 1}\n"
        "  go: {supply: 1, speed: 6}\n  rush: {supply: 1}\n"
    )
    assert list(model.strategies) == ["wait", "go"]
    assert [criterion.id for criterion in model.criteria] == ["supply"]
    assert list(model.performances["wait"]) == ["supply"]
    assert {(off.kind, off.id) for off in model.switched_off} == {
        ("strategy", "rush"),
        ("criterion", "speed"),
        ("criterion", "people"),
        ("target", "firm"),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_as_a_french_spreadsheet_saves_it_is_read(encoding: str) -> None:
    table = (
        "strategy;criterion;value;grade;reason\r\n"
        "wait;supply;0,5;judgement;déjà là, à moitié\r\n"
        ";;;;\r\n"
        'go;supply;1,25;judgement;"un point-virgule ; entre guillemets"\r\n'
        "wait;speed;36;judgement;constaté\r\n"
        "go;speed;6;judgement;prévu\r\n"
    )
    model = read(CRITERIA, {"criteria/notes.csv": table.encode(encoding)})
    wait, go = model.performances["wait"], model.performances["go"]
    assert [value(n.definition) for n in (wait["supply"], go["supply"])] == [0.5, 1.25]
    assert wait["supply"].provenance.reason == "déjà là, à moitié"
    assert go["supply"].provenance.reason == "un point-virgule ; entre guillemets"


def test_a_comma_between_arguments_stays_in_a_table_with_semicolons() -> None:
    table = (
        "strategy;criterion;value\n"
        "wait;supply;min(3, 2,5)\ngo;supply;1\nwait;speed;36\ngo;speed;6\n"
    )
    model = read(CRITERIA, {"criteria/notes.csv": table})
    assert model.performances["wait"]["supply"].definition == Fixed(2.5)


def test_a_table_with_commas_has_columns_in_any_order_and_several_sources_in_a_cell() -> None:
    table = (
        "strategy,criterion,source,p90,p50,p10\n"
        "wait,supply,a|b,4,2,1\ngo,supply,a,4,2,1\nwait,speed,a | b,30,20,10\ngo,speed,b,30,20,10\n"
    )
    sources = "sources: {a: {title: A, published: 2020}, b: {title: B, published: 2020}}\n"
    model = read(CRITERIA + sources, {"criteria/notes.csv": table})
    assert model.performances["wait"]["supply"].provenance.sources == ("a", "b")
    assert model.performances["wait"]["speed"].provenance.sources == ("a", "b")


def test_a_table_of_firms_goes_with_the_files_of_firms() -> None:
    screening = "screening: {criteria: {team: {worst: 0, best: 100, swing: 1, swing_reason: r}}}\n"
    model = read(
        CHOICE + screening,
        {
            "targets/firms.csv": "target,criterion,value\none,team,50\ntwo,team,60\n",
            "targets/one.yaml": "targets: {one: {label: The first}}\n",
        },
    )
    assert str(model.targets["one"].label) == "The first"
    assert value(model.targets["two"].performances["team"].definition) == 60


def test_a_table_of_precedents_makes_the_class() -> None:
    table = (
        "precedent,kind,buyer,buyer_kind,year,price,outcome,source\n"
        "one,deal,A,cloud,2015,360 m,success,s\n"
        "two,deal,B,cloud,2016,,failure,s\n"
        "three,deal,C,chip,2017,,success,s\n"
        "four,deal,D,cloud,2022,,too_early,s\n"
    )
    text = (
        f"{CHOICE}sources: {{s: {{title: S, published: 2022}}}}\n"
        "classes: {users: {buyer_kind: cloud, success: success}}\n"
    )
    model = read(text, {"criteria/precedents.csv": table})
    users = model.classes["users"]
    assert users.members == ("one", "two", "four")
    assert (users.successes, users.trials) == (1, 2)
    assert model.precedents["one"].price == 360e6
    assert model.precedents["two"].price is None


def test_the_words_of_a_file_with_several_faults_are_said_in_their_order() -> None:
    assert len(errors("decision: {titel: T}\nquantity: {}\nlevers: {A: 0}\n")) >= 3
