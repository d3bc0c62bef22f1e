"""The data itself, and that every check of it has been seen to fail."""

from __future__ import annotations

import re
import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.knowledge.check import check
from hsm_planner.knowledge.compiled import compile_directory, thaw
from hsm_planner.knowledge.files import COMPILED, RELEASED, load_raw
from hsm_planner.knowledge.names import find
from hsm_planner.knowledge.sections import SECTION_MODELS
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.knowledge.yamlfile import parse
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.rules import Rule, walk
from hsm_planner.values.version import __version__
from tests.support import DATA, ROOT, knowledge

BANNED = ("winenfood", "eatsip365", "visualfoodie", "stateregstoday", "usasalaries", "eathealthy365")


def rules() -> Iterator[tuple[str, Rule]]:
    for kind, raw in knowledge().raw_targets():
        entry = knowledge().entry(kind, raw["id"])
        assert entry is not None
        if kind == "role":
            yield from ((raw["id"], rule) for rule in knowledge().role_rules(entry).values())  # type: ignore[arg-type]
        else:
            yield raw["id"], knowledge().rule_of(entry)  # type: ignore[arg-type]
            yield from ((raw["id"], rule) for _, rule in knowledge().extra_rules(entry))  # type: ignore[arg-type]


def test_the_data_is_clean() -> None:
    found = check(DATA)
    assert found.problems == ()
    assert re.match(r"Clean: \d+ roles, \d+ certifications", found.summary)


def test_every_node_carries_who_asks_how_sure_and_whom_to_ask() -> None:
    for _, rule in rules():
        for node in walk(rule):
            assert node.asked_by
            assert node.confidence
            assert node.ask
            if isinstance(node, Leaf):
                assert node.sources, node.id


def test_every_leaf_writes_a_sentence_of_its_own() -> None:
    for _, rule in rules():
        for node in walk(rule):
            text = node.sentence(knowledge().vocabulary)
            assert text
            assert "  " not in text
            assert not text.endswith(".") or text.endswith("..."), text
            assert "None" not in text


def test_no_text_sends_the_reader_to_a_part_of_the_data_that_a_plan_does_not_show() -> None:
    for file in DATA.glob("*.yaml"):
        text = " ".join(file.read_text(encoding="utf-8").split())
        assert not re.findall(r"(?i).{40}\bsee (?:the )?(?:conflicts|gaps|notes|states\b|what varies)", text), file.name


def test_no_banned_site_is_a_source_and_every_source_is_dated_when_read() -> None:
    for id_ in knowledge().ids("sources", "sources"):
        source = knowledge().source(id_)
        assert source is not None
        assert not any(name in (source.url or "") for name in BANNED)
        assert source.read_on.year >= 2026


def test_aliases_of_targets_lead_back_to_them() -> None:
    for kind, raw in knowledge().raw_targets():
        for name in (raw["id"], *raw.get("aliases", ())):
            matches = find(knowledge(), name).matches
            assert any((match.kind, match.id) == (kind, raw["id"]) for match in matches), name


def test_degree_names_mean_one_thing() -> None:
    from hsm_planner.knowledge.store import plain

    meaning: dict[str, tuple[str | None, str | None]] = {}
    for name in knowledge().degree_names:
        for alias in name.aliases:
            assert meaning.setdefault(plain(alias), (name.level, name.field)) == (name.level, name.field), alias
    for programme in knowledge().programmes():
        for alias in programme.aliases:
            found = meaning.get(plain(alias), (programme.level, programme.field))
            assert found in ((programme.level, programme.field), (programme.level, None)), alias


# --- each check fails once --------------------------------------------------------------------------------------------

BREAKS = [
    ("titles", "roles: [nursing-home-administrator]}", "roles: [nursing-home-administrater]}", "unknown-id"),
    ("titles", "{name: lnha,", "{name: nursing home administrator,", "two-meanings"),
    (
        "vocabulary",
        'criminal background check?", usual: true, paid: true, delicate: true}',
        'criminal background check?", usual: true, paid: true}',
        "unmarked",
    ),
    ("certifications", "      sources: [aonl-cenp-faq-old]\n      of:", "      of:", "uncited"),
    (
        "certifications",
        "[healthcare-management]\n          at_least: {years: 5}",
        "[healthcare-managment]\n          at_least: {years: 5}",
        "unknown-id",
    ),
    ("certifications", "organization: ache\n", "organization: ahce\n", "unknown-id"),
    ("labor", "settings: [hospital]", "settings: [hospitel]", "unknown-id"),
    ("labor", 'name: "Offices of physicians"', 'name: "Offices of physician"', "unknown-id"),
    ("certifications", "sources: [ache-wi-tenure-change]", "sources: [ache-wi-tenure-chang]", "unknown-id"),
    ("certifications", "    issuer: ache\n", "    issuer: ache\n    colour: blue\n", "unknown-key"),
    ("certifications", "    issuer: ache\n", "    issuer: ache\n    issuer: ache\n", "duplicate-key"),
    ("certifications", "    status: active\n", "    status: resting\n", "bad-value"),
    ("certifications", "id: fache.degree", "id: fache.experience", "duplicate-id"),
    ("certifications", "id: fache.degree", "id: cmpe.degree", "bad-id"),
    (
        "certifications",
        "kind: degree\n          level: master",
        "kind: diploma\n          level: master",
        "unknown-kind",
    ),
    ("certifications", "level: master\n          counts_first", "level: masters\n          counts_first", "unknown-id"),
    ("licenses", "  - id: nha-mt\n", "  - id: nha-oh\n", "duplicate-id"),
    ("licenses", "exam: state-oh-nha", "exam: state-of-nha", "unknown-id"),
    ("licenses", "statement: background-check", "statement: backgroundcheck", "unknown-id"),
    (
        "licenses",
        (
            "kind: statement\n          statement: good-moral-character\n          text: good moral character\n"
            "          usual: true"
        ),
        "kind: qualified\n          credential: nha-oh",
        "bad-place",
    ),
    ("licenses", "at_least: {hours: 100}", "at_least: {}", "bad-value"),
    ("licenses", "    family: nha\n    state: OH", "    family: nha\n    state: Ohio", "bad-value"),
    ("roles", "    level: manager\n", "    level: boss\n", "unknown-id"),
    ("roles", "about: license", "about: other", "missing-dimension"),
    ("degrees", "  - id: bachelor\n", "  - id: bachelor\n    satisfies: []\n", "duplicate-key"),
    (
        "vocabulary",
        "{id: management, label: management}",
        "{id: management, label: management, within: [healthcare-management]}",
        "cycle",
    ),
    (
        "vocabulary",
        "within: [healthcare-administration, management]",
        "within: [healthcare-administraton, management]",
        "unknown-id",
    ),
    ("vocabulary", "aliases: [clinical nursing]", "aliases: [clinical nursing, health care]", "two-meanings"),
    (
        "sources",
        "sources:\n",
        'sources:\n  - {id: nobody, title: A, publisher: B, url: null, as_of: null, read_on: "2026-11-23"}\n',
        "unused-source",
    ),
    ("sources", 'read_on: "2026-11-23"', "read_on: yesterday", "bad-date"),
    ("sources", 'url: "https://ache.org/', 'url: "https://pay.usasalaries.com/', "banned-site"),
    (
        "sources",
        'url: "https://www.open-exam',
        'url: "https://web.archive.org/1/https://www.usasalaries.com/',
        "banned-site",
    ),
    ("sources", 'as_of: "2026-04"\n', 'as_of: "2034-04"\n', "out-of-range"),
    ("degrees", "aliases: [AAS HIT,", "aliases: [AAS HIT, BBA,", "two-meanings"),
    ("certifications", "aliases: [ACHE Fellow,", "aliases: [nurse manager,", "two-meanings"),
    ("licenses", "[Tier 1 Long-Term Care Administrator]", "[Louisiana nursing facility administrator]", "two-meanings"),
    ("titles", "role: registered-nurse, family: rn", "role: registered-nurse, family: rm", "unknown-id"),
    (
        "licenses",
        "usd: 40\n        sources: [ny-doh-faq, ny-phl-2896-c, ny-doh-initial-application]",
        "usd: 40",
        "uncited",
    ),
    ("certifications", "cycle_years: 3\n      hours: 36\n", "cycle_years: 3\n      hours: 360\n", "out-of-range"),
    ("licenses", "at_least: {hours: 1530}", "at_least: {hours: 15300}", "out-of-range"),
    ("certifications", "at_least: {years: 5}", "at_least: {years: 500}", "out-of-range"),
    ("certifications", "usd: 250", "usd: 250000", "out-of-range"),
    ("certifications", "cycle_years: 3", "cycle_years: 36", "out-of-range"),
    ("certifications", 'effective_until: "2020-12-31"', 'effective_until: "2021-01-01"', "overlap"),
    ("certifications", 'effective_until: "2020-12-31"', 'effective_until: "2020-12-30"', "gap"),
    ("certifications", 'effective_from: "2021-01-01"', 'effective_from: "2022-01-01"', "gap"),
    (
        "roles",
        "      - {role: lead-medical-assistant, basis: sourced",
        "      - {role: medical-assistant, basis: sourced",
        "cycle",
    ),
    (
        "roles",
        "      - {role: lead-medical-assistant, basis: sourced",
        "      - {role: front-office-supervisor, basis: sourced",
        "unreachable",
    ),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    target = tmp_path / "data"
    shutil.copytree(DATA, target)
    (target / COMPILED).unlink(missing_ok=True)
    return target


@pytest.mark.parametrize(("section", "old", "new", "code"), BREAKS, ids=[f"{b[0]}:{b[2][:40].strip()}" for b in BREAKS])
def test_each_check_fails_when_the_data_is_wrong(copy: Path, section: str, old: str, new: str, code: str) -> None:
    path = copy / f"{section}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = check(copy).problems
    assert code in {problem.code for problem in problems}, problems
    assert all(problem.file and problem.line for problem in problems)


@pytest.mark.parametrize(
    ("section", "old", "new"),
    [("licenses", "at_least: {hours: 1530}", "at_least: {hours: 15300}"),
     ("licenses", "at_least: {hours: 1000}", "at_least: {hours: 1}"),
     ("licenses", "at_least: {years: 21}", "at_least: {years: 12}"),
     ("licenses", "usd: 2960", "usd: 29600"),
     ("licenses", "usd: 40", "usd: 0.4"),
     ("licenses", "fee_usd: 200", "fee_usd: 20000"),
     ("licenses", "credits: 15", "credits: 1500"),
     ("licenses", "days_to_sit: 60", "days_to_sit: 6000"),
     ("licenses", "hours_per_week_at_least: 20", "hours_per_week_at_least: 200"),
     ("certifications", "months: 60", "months: 600"),
     ("certifications", "minutes: 180", "minutes: 3"),
     ("certifications", "scored_questions: 100", "scored_questions: 1000"),
     ("certifications", "{low: 150, high: 300}", "{low: 150, high: 3000}"),
     ("degrees", "usd_per_year: {low: 11950", "usd_per_year: {low: 12"),
     ("degrees", "months_full_time: {low: 24", "months_full_time: {low: 2"),
     ("degrees", "remaining_credits: {low: 30", "remaining_credits: {low: 0")],
)  # fmt: skip
def test_a_number_that_cannot_be_meant_is_told_at_its_line(copy: Path, section: str, old: str, new: str) -> None:
    path = copy / f"{section}.yaml"
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = check(copy).problems
    assert {(problem.code, problem.file, problem.line) for problem in problems} == {("out-of-range", str(path), line)}


def test_an_alternative_with_one_branch_is_told(copy: Path) -> None:
    path = copy / "certifications.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("                    - id: cmpe.pathway-one.credits")
    end = text.index("            - id: cmpe.pathway-three")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    codes = [problem.code for problem in check(copy).problems]
    assert [code for code in codes if code != "lost-id"] == ["one-branch"]  # and the ids that went with the branch


def test_a_credential_that_needs_itself_is_told(copy: Path) -> None:
    path = copy / "certifications.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "kind: membership\n          organization: mgma", "kind: certification\n          credential: cmpe", 1
    )
    path.write_text(text, encoding="utf-8")
    assert "cycle" in {problem.code for problem in check(copy).problems}


def test_an_id_of_the_last_release_is_not_lost_without_a_word(copy: Path) -> None:
    path = copy / "certifications.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("fache.degree", "fache.schooling"), encoding="utf-8")
    lost = [problem for problem in check(copy).problems if problem.code == "lost-id"]
    assert [problem.file for problem in lost] == [str(copy / RELEASED)]
    assert "'fache.degree'" in lost[0].message
    released = copy / RELEASED
    text = released.read_text(encoding="utf-8").replace("retired:", "retired:\n  fache.degree: fache.schooling", 1)
    released.write_text(text, encoding="utf-8")
    assert check(copy).problems == ()


def test_problems_of_several_files_come_in_one_run(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for section in ("roles", "licenses"):
        path = copy / f"{section}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("confidence: medium", "confidence: so-so", 1), "utf-8")
    assert execute(["knowledge", "check", str(copy)]) == Exit.FAILED
    told = capsys.readouterr().err
    assert "roles.yaml:" in told
    assert "licenses.yaml:" in told
    assert execute(["knowledge", "check"]) == Exit.DONE
    assert capsys.readouterr().out.startswith("Clean")
    assert execute(["knowledge", "check", str(copy / "none")]) == Exit.FAILED


# --- compiled form ----------------------------------------------------------------------------------------------------


def test_the_compiled_form_is_the_yaml(copy: Path) -> None:
    from_yaml = load_raw(copy)
    compile_directory(copy, copy / COMPILED)
    assert load_raw(copy).hash == from_yaml.hash
    for path in copy.glob("*.yaml"):
        path.unlink()
    assert load_raw(copy).hash == from_yaml.hash
    raw = load_raw(copy).whole()
    for name, model in SECTION_MODELS.items():
        checked = model.model_validate(from_yaml.sections[name])
        assert thaw(model, raw[name]) == checked
        assert thaw(model, raw[name]).model_dump() == checked.model_dump()


def test_a_compiled_file_that_does_not_match_is_not_used(copy: Path) -> None:
    compile_directory(copy, copy / COMPILED)
    path = copy / "vocabulary.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("label: health care,", "label: HEALTH CARE,", 1), "utf-8")
    assert Knowledge.load(copy).vocabulary.label("kind", "healthcare") == "HEALTH CARE"


def test_the_ids_of_a_release_are_written_with_its_version() -> None:
    release = runpy.run_path(str(ROOT / "tools" / "release_ids.py"))["release"]
    found = parse(release(), "released.yaml").data
    assert found["version"] == __version__
    assert set(parse((DATA / RELEASED).read_text(encoding="utf-8"), RELEASED).data["nodes"]) <= set(found["nodes"])
