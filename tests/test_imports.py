"""Other formats: what is read, left behind and why, or refused; nothing unrelated counts as health care."""

from __future__ import annotations

import datetime as dt
import io
import json
import stat
import zipfile
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hsm_planner.cli.main import execute
from hsm_planner.engine.assess import Goal, assess
from hsm_planner.engine.imported import import_words, imported, profile_text
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.profile.imports.detect import from_path, from_text
from hsm_planner.profile.imports.loss import Import, day, is_break
from hsm_planner.profile.read import read_profile
from hsm_planner.report.schemas import schema
from hsm_planner.resolve.person import resolve
from hsm_planner.values.problems import InputError
from hsm_planner.values.timeline import Target
from hsm_planner.values.truth import Strength
from tests.support import evaluate_rule

ROOT = Path(__file__).parents[1]
TODAY = dt.date(2026, 11, 23)
RESUMES = sorted((ROOT.parent / "shared" / "benchmarks" / "jsonresume").glob("*.json"))

POSITIONS = (
    "\ufeffCompany Name,Title,Description,Location,Started On,Finished On\r\n"
    'Mercy Hospital,Charge Nurse,"Led a ward,\r\nwith eight nurses","Toledo, Ohio, United States",Jan 2020,\r\n'
    "Mercy Hospital,Registered Nurse,,Toledo OH,2015,Dec 2019\r\n"
    "Mercy Hospital,Registered Nurse,,Toledo OH,2015,Dec 2019\r\n"
    ",Career Break,,,Mar 2014,Dec 2014\r\n"
    "Diner,,,,2010,2011\r\n"
    "Backwards,Cook,,,2012,2011\r\n"
    "Odd,Cook,,,2009,sometime\r\n"
)
EDUCATION = (
    "School Name,Start Date,End Date,Notes,Degree Name,Activities\r\n"
    'Kent State,2011,2015,,"Bachelor of Science in Nursing, BSN",\r\n'
    "Ohio U,2025,2028,,Master of Health Administration,\r\n"
    "Night school,2019,,,Associate of Arts,\r\n"
    "Seminar,2019,2019,,,\r\n"
)
CERTIFICATIONS = (
    "Name,Url,Authority,Started On,Finished On,License Number\r\n"
    "Registered Nurse (RN),https://x,Ohio Board of Nursing,Jun 2015,Jun 2027,123\r\n"
    "Scrum Master,https://x,Scrum,Jan 2020,,\r\n"
)


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


def words() -> Any:
    return import_words(knowledge(), TODAY)


def text(given: str) -> Import:
    found = from_text(given, "x", words())
    assert found is not None
    return found


def resume(**parts: Any) -> Import:
    return text(json.dumps({"basics": {"name": "A"}, **parts}))


def left(found: Import) -> dict[str, str]:
    return {one.what: one.why for one in found.dropped}


# --- dates and breaks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Jan 2020", "2020-01"), ("Sept 2019", "2019-09"), ("September 2019", "2019-09"), ("2019", "2019"),
        ("2019-03", "2019-03"), ("2019-03-07", "2019-03-07"), ("2019-03-07T10:00:00Z", "2019-03-07"), (2019, "2019"),
        ("Foo 2020", None), ("2019-13", None), ("", None), (None, None), ("soon", None), (True, None), ("20199", None),
    ],
)  # fmt: skip
def test_dates_as_they_are_written(given: object, read: str | None) -> None:
    assert day(given) == read


@pytest.mark.parametrize(
    "title",
    [
        "Career Break",
        "Sabbatical",
        "Parental leave",
        "Stay-at-home parent",
        "Unemployed",
        "Retired",
        "On disability",
        "Caring for elderly parent",
        "Student",
        "Sabbatical leave",
        "Homemaker",
        "Bereavement",
        "Professional development",
        "Health and well-being",
        "Layoff",
        "Open to work",
    ],
)
def test_a_break_is_no_work(title: str) -> None:
    found = resume(work=[{"position": title, "startDate": "2019-01", "endDate": "2020-01"}])
    assert "experience" not in found.data
    assert "break" in left(found)[title]


def test_leave_in_a_title_is_no_break() -> None:
    assert not is_break("Leave and benefits manager", "Gap Inc.")
    assert not is_break("Travel nurse")
    assert not is_break("FMLA medical leave coordinator")
    assert not is_break("Medical leave specialist")


# --- JSON Resume ------------------------------------------------------------------------------------------------------


def test_partial_dates_and_places_of_both_shapes() -> None:
    found = resume(
        basics={"name": "Ann", "location": "Austin, TX"},
        work=[
            {"company": "Old file", "position": "Charge nurse", "startDate": "2019", "endDate": ""},
            {"name": "New file", "position": "Charge nurse", "startDate": "2018-05", "location": "Reno, Nevada"},
        ],
    )
    assert found.data["state"] == "TX"
    assert found.data["experience"] == [
        {"title": "Charge nurse", "employer": "Old file", "start": "2019"},
        {"title": "Charge nurse", "employer": "New file", "state": "NV", "start": "2018-05"},
    ]
    assert resume(basics={"location": {"region": "ohio"}}).data["state"] == "OH"
    assert "state" not in resume(basics={"location": {"countryCode": "CA", "region": "Ontario"}}).data


def test_degrees_need_a_name_and_an_end() -> None:
    found = resume(
        education=[
            {"studyType": "Bachelor", "area": "Nursing", "endDate": "2015-06"},
            {"studyType": "Master of Health Administration", "endDate": "2027-05"},
            {"area": "Economics", "endDate": "2015"},
            {"studyType": "Associate", "area": "Arts", "startDate": "2019"},
        ]
    )
    assert found.data["education"] == [
        {"degree": "Bachelor's degree in Nursing", "awarded": "2015-06"},
        {"degree": "Master of Health Administration", "expected": "2027-05"},
    ]
    assert "no degree is named" in left(found)["no degree named"]
    assert "whether it was finished" in left(found)["Associate in Arts"]
    assert any("look whether each was finished" in note for note in found.notes)


@pytest.mark.parametrize(
    ("kind", "area", "read"),
    [
        ("Bachelor", "Nursing", ("bachelor", "nursing")),
        ("Bachelors", "Health Administration", ("bachelor", "health-administration")),
        ("bachelor's degree", "Business Administration", ("bachelor", "business")),
        ("Master", "Business Administration", ("master", "business")),
        ("Masters", "Public Health", ("master", "public-health")),
        ("Associate", "Nursing", ("associate", "nursing")),
        ("Doctorate", "Nursing", ("doctorate", "nursing")),
        ("Bachelor", "Information Technology", ("bachelor", None)),
        ("Bachelor", "", ("bachelor", None)),
        ("Master electrician", "", (None, None)),
    ],
)
def test_a_level_and_its_area_are_a_degree_with_its_field(
    kind: str, area: str, read: tuple[str | None, str | None]
) -> None:
    found = resume(education=[{"studyType": kind, "area": area, "endDate": "2015-06"}])
    person, _ = read_profile(profile_text(found), "x")
    degrees = resolve(person, knowledge(), Target("")).degrees or ()
    assert [(one.level, one.field) for one in degrees] == [read]
    if read[0] is not None:
        assert all(one.counts.strength.counts(confirmed=False) for one in degrees)


@pytest.mark.parametrize(
    "study",
    [
        {"studyType": "Bachelors (did not finish)", "area": "Nursing"},
        {"studyType": "Bachelor", "area": "Nursing - dropped out"},
        {"studyType": "Bachelor of Science", "area": "Nursing, left without degree"},
        {"studyType": "Masters (chucked)", "area": "Nursing"},
        {"studyType": "BSN", "institution": "Kent State (incomplete)"},
        {"studyType": "BSN", "endDate": "2015 (withdrew)"},
        {"studyType": "BSN", "score": "withdrawn"},
        {"studyType": "BSN", "summary": "Dropped out in the second year"},
        {"studyType": "BSN", "courses": ["Anatomy", "left without degree"]},
        {"studyType": "BSN", "status": "did not graduate"},
    ],
    ids=str,
)
def test_studies_that_were_given_up_are_no_degree(study: dict[str, Any]) -> None:
    found = resume(education=[{"endDate": "2015-06", **study}])
    person, _ = read_profile(profile_text(found), "x")
    degrees = resolve(person, knowledge(), Target("")).degrees or ()
    assert [(one.under_way, one.awarded) for one in degrees] == [(True, None)]
    assert "taken as not finished" in found.notes[0]
    assert "not finished" in found.read[-1]


@pytest.mark.parametrize(
    ("study", "read"),
    [
        ({"studyType": "High School"}, ("high-school", True)),
        ({"studyType": "High School", "area": "Health sciences"}, ("high-school", True)),
        ({"studyType": "Diploma", "institution": "Lincoln High School"}, ("high-school", True)),
        ({"studyType": "Diploma", "area": "High school"}, ("high-school", True)),
        ({"studyType": "Regents diploma", "institution": "Lincoln HS"}, ("high-school", True)),
        ({"studyType": "General Studies", "institution": "Lincoln Secondary School"}, ("high-school", True)),
        ({"studyType": "Bachelor", "institution": "Lincoln High School"}, ("bachelor", False)),
        ({"studyType": "Associate of Arts", "institution": "Early College High School"}, ("associate", False)),
        (
            {"studyType": "Certificate in Nursing", "institution": "Lincoln High School"},
            ("postsecondary-certificate", False),
        ),
        ({"studyType": "BSN", "institution": "Highline College"}, ("bachelor", True)),
        ({"studyType": "BA in high school education"}, ("bachelor", True)),
    ],
    ids=str,
)
def test_what_a_high_school_gives_is_no_degree_for_sure(study: dict[str, Any], read: tuple[str | None, bool]) -> None:
    found = resume(education=[{"endDate": "2009-06", **study}])
    person, _ = read_profile(profile_text(found), "x")
    degrees = resolve(person, knowledge(), Target("")).degrees or ()
    sure = [one.level is not None and one.counts.strength.counts(confirmed=False) for one in degrees]
    assert [(one.level, here) for one, here in zip(degrees, sure, strict=True)] == [read]


def test_a_note_of_an_export_may_say_that_studies_were_given_up() -> None:
    header = "School Name,Start Date,End Date,Notes,Degree Name,Activities\r\n"
    rows = "Kent,2011,2015,Did not finish,BSN,\r\nKent,2001,2004,,AAS Nursing,dropped out\r\n"
    person, _ = read_profile(profile_text(text(header + rows)), "x")
    assert all(one.under_way and one.awarded is None for one in resolve(person, knowledge(), Target("")).degrees or ())


@pytest.mark.parametrize(
    "told",
    [
        "Was captain of the debate team, which I quit in the last year before the thesis",
        "MBA never finished",
        "Choir, dropped out",
        "Withdrew from the choir",
    ],
)
def test_a_sentence_that_may_say_so_makes_a_question(told: str) -> None:
    found = resume(education=[{"studyType": "BSN", "endDate": "2015-06", "summary": told}])
    person, _ = read_profile(profile_text(found), "x")
    (degree,) = resolve(person, knowledge(), Target("")).degrees or ()
    assert (degree.under_way, degree.counts.strength) == (False, Strength.GUESSED)
    assert "asked whether it was finished" in found.notes[0]


def test_studies_in_progress_are_expected_at_their_end() -> None:
    found = resume(education=[{"studyType": "MHA (in progress)", "endDate": "2027-05"}])
    assert found.data["education"] == [{"degree": "MHA (in progress)", "expected": "2027-05"}]


def test_certificates_that_the_data_knows() -> None:
    found = resume(
        basics={"location": {"region": "OH"}},
        certificates=[
            {"name": "FACHE", "date": "2020-01-01"},
            {"name": "Certified Medical Manager (CMM)", "date": "2021"},
            {"name": "Registered Nurse", "date": "2015"},
            {"name": "Google Data Analytics"},
            {},
        ],
    )
    assert [one["id"] for one in found.data["credentials"]] == ["FACHE", "CMM", "Registered Nurse"]
    assert found.data["credentials"][2].get("state") in ("OH", None)
    assert "no entry" in left(found)["Google Data Analytics"]
    read_profile(profile_text(found), "x")


@pytest.mark.parametrize(
    "broken", [{"work": "no list"}, {"work": ["text", 3]}, {"education": {"a": 1}}, {"basics": []}]
)
def test_odd_shapes_are_left_behind(broken: dict[str, Any]) -> None:
    found = text(json.dumps({"work": [], **broken}))
    read_profile(profile_text(found), "x")


@pytest.mark.skipif(not RESUMES, reason="the résumés are not part of the project")
@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.name)
def test_an_unrelated_career_meets_no_health_care_experience(path: Path) -> None:
    found = from_path(path, words())
    assert found is not None
    person, _ = read_profile(profile_text(found), "x")
    for target in ("fache", "nha-pa", "nha-tx"):
        goal = Goal("certification" if target == "fache" else "license", target, "OH")
        result = assess(person, knowledge(), goal, TODAY)
        experience = [one for one in result.findings if one.kind == "experience"]
        assert experience
        assert all(one.status != "met" for one in experience)


@pytest.mark.parametrize(
    "name",
    [
        "Cert Prep: Project Management Professional (PMP)",
        "NAB Exam Prep - NHA",
        "Study group | FACHE",
        "CPHQ, exam failed",
        "FACHE (applied)",
        "Licensed Practical Nurse (RN)",
    ],
)
def test_what_only_names_a_credential_is_none(name: str) -> None:
    found = resume(certificates=[{"name": name, "date": "2020"}])
    assert "credentials" not in found.data
    assert name in left(found)


@pytest.mark.parametrize(
    ("name", "issuer", "entry"),
    [
        ("RN License - Florida", "Florida Board of Nursing", {"id": "RN", "state": "FL"}),
        ("Registered Nurse (RN)", "Ohio Board of Nursing", {"id": "RN", "state": "OH"}),
        ("Registered Nurse, Texas", "", {"id": "Registered Nurse", "state": "TX"}),
        ("Certified Medical Manager (CMM)", "PAHCOM", {"id": "CMM"}),
        ("CPHQ certification", "NAHQ", {"id": "CPHQ"}),
    ],
)
def test_a_credential_by_its_whole_name(name: str, issuer: str, entry: dict[str, str]) -> None:
    found = resume(certificates=[{"name": name, "issuer": issuer}])
    assert found.data["credentials"][0] | entry == found.data["credentials"][0]


@pytest.mark.parametrize(
    ("name", "issuer", "kept"),
    [
        ("Project Management Professional (PMP)", "Project Management Institute", True),
        ("PMP", "PMI", True),
        ("PMP", "Udemy", False),
        ("FACHE", "ACHE (American College of Healthcare Executives)", True),
        ("FACHE", "American College of Health Care Executives", True),
        ("FACHE", "Coursera", False),
        ("CPHQ", "", True),
        ("Registered Nurse (RN)", "Some Board", True),  # states call their boards by many names
    ],
)
def test_a_certification_of_somebody_else_is_none(name: str, issuer: str, kept: bool) -> None:
    found = resume(certificates=[{"name": name, "issuer": issuer, "date": "2020"}])
    assert ("credentials" in found.data) is kept
    assert kept or "Add it if it is the same" in left(found)[name]


NEAR = [
    ({"name": "Certified Medical Manger"}, "cmm"),
    ({"name": "Certified Medical Manger (CMM)", "issuer": "PAHCOM"}, "cmm"),
    ({"name": "Certified Professional in Health Quality", "issuer": "NAHQ"}, "cphq"),
    ({"name": "Fellow of the American College of Health Executives"}, "fache"),
    ({"name": "Registred Nurse - Texas", "issuer": "Texas Board of Nursing"}, "rn"),
    ({"name": "Registered Nurse", "issuer": "Texas HHSC"}, "rn"),
    ({"name": "RN", "issuer": "HHSC"}, "rn"),
    ({"name": "Nursing Home Administrator License", "issuer": "TX HHSC"}, "nha-tx"),
    ({"name": "Licensed Nursing Home Administrater", "issuer": "Ohio Board of Executives"}, "nha-oh"),
]


@pytest.mark.parametrize(("certificate", "id_"), NEAR, ids=str)
def test_a_name_or_an_issuer_that_is_only_near_is_asked_about_and_counts_for_nothing(
    certificate: dict[str, str], id_: str
) -> None:
    found = resume(certificates=[certificate])
    (entry,) = found.data["credentials"]
    told = imported(found, knowledge())
    assert [(one.id, one.how) for one in told.guessed] == [(id_, "fuzzy")]
    assert "to be confirmed" in found.read[-1]
    person, document = read_profile(profile_text(found), "x")
    timeline = resolve(person, knowledge(), Target("", entry.get("state")), document)
    assert timeline.credentials == ()
    (guess,) = timeline.guessed_credentials
    assert (guess.id, [one.id for one in guess.counts.questions]) == (id_, ["credentials[0].confirmed"])
    assert "counts for nothing" in timeline.warnings[0]
    kind = "license" if id_ == "rn" or id_.startswith("nha") else "certification"
    rule = {"id": "t.x", "kind": kind, "credential": id_}
    for answer, known, confirmed in ((None, "unknown", "met"), (True, "met", "met"), (False, "unmet", "unmet")):
        profile = {"credentials": [entry if answer is None else entry | {"confirmed": answer}]}
        assert evaluate_rule(rule, profile, TODAY).status == known
        assert evaluate_rule(rule, profile, TODAY, confirmed=True).status == confirmed


@pytest.mark.parametrize(
    "certificate",
    [
        {"name": "Certified Medical Manger exam"},
        {"name": "Cert Prep: Certified Medical Manager"},
        {"name": "Certified Medical Manger", "issuer": "Coursera"},
        {"name": "Certified Medical Manger (lapsed)"},
        {"name": "Certified Nursing Assistant"},
        {"name": "Registered Nurse", "issuer": "Texas Woman's University"},
        {"name": "CMN"},
    ],
    ids=str,
)
def test_what_is_not_near_is_left_behind(certificate: dict[str, str]) -> None:
    found = resume(certificates=[certificate])
    assert "credentials" not in found.data
    assert certificate["name"] in left(found)


def test_the_question_stands_in_the_report_of_a_file_that_is_read_directly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.json"
    some = [{"name": "Certified Medical Manger"}, {"name": "Nursing Home Administrator", "issuer": "Texas HHSC"}]
    path.write_text(json.dumps({"basics": {"location": "Austin, TX"}, "certificates": some}))
    assert execute(["assess", str(path), "-t", "nursing-home-administrator", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["if_confirmed"]) == ("unknown", "ready")
    assert told["questions"][0]["id"] == "credentials[1].confirmed"
    assert execute(["assess", str(path), "-t", "cmm"]) == 0
    assert "'Certified Medical Manger' may be Certified Medical Manager (CMM)" in capsys.readouterr().out
    assert execute(["renewals", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["credentials"] == []


def test_an_exam_behind_a_guess_is_a_guess() -> None:
    rule = {"id": "t.x", "kind": "exam", "exam": "nab-core"}
    profile = {"credentials": [{"id": "nha-oh", "named": "NHA, issued by OH XYZ"}], "exams": []}
    assert evaluate_rule(rule, profile, TODAY).status == "unknown"
    assert evaluate_rule(rule, profile, TODAY, confirmed=True).status == "met"


@pytest.mark.parametrize(
    "certificate",
    [
        {"name": "FACHE", "issuer": "American College of Healthcare Executives (in progress)"},
        {"name": "CHFP", "issuer": "HFMA (withdrawn)"},
        {"name": "CHFP", "date": "pending"},
        {"name": "RHIT", "issuer": "revoked by AHIMA"},
        {"name": "CPHQ", "issuer": "NAHQ (lapsed)"},
    ],
)
def test_what_may_not_be_held_is_left_behind(certificate: dict[str, str]) -> None:
    found = resume(certificates=[certificate])
    assert "credentials" not in found.data
    assert "may not be held" in left(found)[certificate["name"]]


@pytest.mark.parametrize(
    ("location", "state"),
    [
        ({"city": "Austin", "region": "Texas", "countryCode": "US"}, "TX"),
        ({"city": "Austin, TX"}, "TX"),
        ({"address": "1 Main St\nAustin, TX 78701"}, "TX"),
        ("Austin, Texas 78701", "TX"),
        ({"region": "CA", "countryCode": "CA"}, None),
        ("Remote", None),
        ("Tbilisi, Georgia", "GA"),
    ],
    ids=str,
)
def test_places_as_text_and_as_objects(location: object, state: str | None) -> None:
    found = resume(work=[{"position": "Nurse", "startDate": "2019", "location": location}])
    assert found.data["experience"][0].get("state") == state
    assert location != "Tbilisi, Georgia" or "take `state` out if it is none" in found.notes[0]
    assert resume(basics={"location": location}).data.get("state") == state


def test_the_same_post_in_other_letters_is_one() -> None:
    posts = [{"position": name, "name": "X", "startDate": "2019", "endDate": "2020"} for name in ("Nurse", "NURSE")]
    assert len(resume(work=posts).data["experience"]) == 1


@pytest.mark.parametrize(
    ("employer", "location", "kept"),
    [
        ("Remote", "", False),
        ("Remote (USA)", "", False),
        ("Work from home", "", False),
        ("Toledo", "Toledo, OH", False),
        ("Toledo, OH", "Toledo, OH", False),
        ("Ohio", "", False),
        ("Various locations", "", False),
        ("Remote Area Medical Clinic", "Toledo, OH", True),
        ("Toledo Hospital", "Toledo, OH", True),
        ("Homewood Nursing Home", "", True),
    ],
)
def test_a_place_is_no_employer(employer: str, location: str, kept: bool) -> None:
    found = resume(work=[{"position": "Charge nurse", "name": employer, "startDate": "2019", "location": location}])
    assert ("employer" in found.data["experience"][0]) is kept
    assert kept or any("is a place" in note for note in found.notes)


def test_letters_of_a_country_are_no_state() -> None:
    found = resume(
        work=[
            {"position": "Nurse", "startDate": "2015", "location": "Toronto, ON, CA"},
            {"position": "Nurse", "startDate": "2012", "location": "Mumbai, IN"},
        ]
    )
    assert [one.get("state") for one in found.data["experience"]] == [None, "IN"]
    assert any("Mumbai, IN: read as a place in Indiana" in note for note in found.notes)


def test_an_endorsement_of_a_credential_is_none(tmp_path: Path) -> None:
    badge = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "FACHE",
        "issuer": {"name": "American College of Healthcare Executives"},
        "credentialSubject": {"achievement": {"name": "FACHE", "achievementType": "Certification"}},
    }
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(badge))
    found = from_path(path, import_words(knowledge(), TODAY))
    assert found is not None
    assert "credentials" not in found.data
    assert "is none" in left(found)["FACHE"]


def test_two_tables_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, title in (("Positions.csv", "Nurse"), ("x/Positions.csv", "Cook")):
            archive.writestr(name, f"Company Name,Title,Started On,Finished On\nX,{title},Jan 2015,Jan 2016\n")
    with pytest.raises(InputError, match="two files"):
        from_path(path, import_words(knowledge(), TODAY))


def test_what_lies_ahead_is_not_there_yet() -> None:
    found = resume(
        work=[{"position": "Nurse manager", "startDate": "2035-01"}, {"position": "Nurse", "startDate": "2015"}],
        certificates=[{"name": "CPHQ", "date": "2035"}],
    )
    assert [one["title"] for one in found.data["experience"]] == ["Nurse"]
    assert "after today" in left(found)["Nurse manager"]
    assert "after today" in left(found)["CPHQ"]


def test_words_and_tables_that_are_not_read_are_named(tmp_path: Path) -> None:
    found = resume(
        basics={"summary": "I lead."},
        work=[
            {"position": "Nurse", "startDate": "2015", "summary": "Led 12"},
            {"position": "Aide", "startDate": "2012"},
        ],
    )
    assert "sentences" in left(found)["summary (1)"]
    assert "descriptions of posts (1)" in left(found)
    folder = linkedin(tmp_path)
    (folder / "Organizations.csv").write_text("Name\nACHE\n", encoding="utf-8")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    export = from_path(folder, words())
    assert export is not None
    assert "membership" in left(export)["Organizations.csv (1)"]


@pytest.mark.parametrize("end", ["expired 2018", "06/2019", "soon"])
def test_an_end_that_cannot_be_read_is_no_open_end(end: str) -> None:
    header = "Name,Url,Authority,Started On,Finished On,License Number\r\n"
    assert "credentials" not in text(f"{header}CPHQ,,NAHQ,Jan 2015,{end},2\r\n").data
    assert "experience" not in resume(work=[{"position": "Nurse", "startDate": "2015", "endDate": end}]).data


@pytest.mark.parametrize("end", [2020.5, {"year": 2021}, ["2021"], True])
def test_an_end_of_an_odd_type_is_no_open_end(end: object) -> None:
    assert "experience" not in resume(work=[{"position": "Nurse", "startDate": "2015", "endDate": end}]).data


# --- LinkedIn ---------------------------------------------------------------------------------------------------------


def linkedin(folder: Path) -> Path:
    (folder / "Positions.csv").write_text(POSITIONS, encoding="utf-8", newline="")
    (folder / "Education.csv").write_text(EDUCATION, encoding="utf-8", newline="")
    (folder / "Certifications.csv").write_text(CERTIFICATIONS, encoding="utf-8", newline="")
    (folder / "Skills.csv").write_text("Name\r\nExcel\r\nLeadership\r\n", encoding="utf-8")
    name = 'First Name,Last Name,Geo Location\r\nAnn,Lee,"Toledo, Ohio"\r\n'
    (folder / "Profile.csv").write_text(name, encoding="utf-8")
    return folder


def zipped(folder: Path, prefix: str = "") -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in folder.glob("*.csv"):
            archive.write(one, prefix + one.name)
    return path


@pytest.mark.parametrize("as_zip", [False, True])
def test_the_traps_of_a_data_export(as_zip: bool, tmp_path: Path) -> None:
    folder = linkedin(tmp_path)
    found = from_path(zipped(folder, "Basic_LinkedInDataExport/") if as_zip else folder, words())
    assert found is not None
    assert found.data["name"] == "Ann Lee"
    assert found.data["state"] == "OH"
    assert found.data["experience"][0] == {
        "title": "Charge Nurse", "employer": "Mercy Hospital", "state": "OH", "start": "2020-01",
    }  # fmt: skip
    assert [one["title"] for one in found.data["experience"]] == ["Charge Nurse", "Registered Nurse"]
    why = left(found)
    assert why["Registered Nurse, Mercy Hospital, 2015 to 2019-12"] == "the same entry twice"
    assert "break" in why["Career Break"]
    assert "title" in why["no title, Diner"]
    assert "before it begins" in why["Cook, Backwards"]
    assert "no date" in why["Cook, Odd"]
    assert [one["degree"] for one in found.data["education"]] == [
        "Bachelor of Science in Nursing, BSN", "Master of Health Administration",
    ]  # fmt: skip
    assert found.data["education"][1]["expected"] == "2028"
    assert [one["expires"] for one in found.data["credentials"]] == ["2027-06"]
    assert "skills (2)" in why
    assert "no entry" in why["Scrum Master"]


def test_one_file_of_the_export_alone() -> None:
    assert len(text(POSITIONS).data["experience"]) == 2
    assert len(text(EDUCATION).data["education"]) == 2


def test_import_save_load_gives_the_same_timeline(tmp_path: Path) -> None:
    found = from_path(linkedin(tmp_path), words())
    assert found is not None
    kept = tmp_path / "me.yaml"
    assert execute(["profile", "import", str(tmp_path), "-o", str(kept)]) == 0
    first, _ = read_profile(profile_text(found), "x")
    again, _ = read_profile(kept.read_text(encoding="utf-8"), "y")
    assert first == again
    assert resolve(first, knowledge(), Target("", "OH")) == resolve(again, knowledge(), Target("", "OH"))


# --- Open Badges ------------------------------------------------------------------------------------------------------


def badge(name: str, kind: str, by: object = "The issuer", **more: Any) -> dict[str, Any]:
    achievement = {"id": "urn:a", "type": ["Achievement"], "name": name, "achievementType": kind}
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://x", "name": by} if isinstance(by, str) and ":" not in by else by,
        "credentialSubject": {"type": ["AchievementSubject"], "achievement": achievement},
        "validFrom": "2021-05-01T00:00:00Z",
        **more,
    }


def test_badges_of_each_kind() -> None:
    some = [
        badge("FACHE", "Certification", "American College of Healthcare Executives", validUntil="2027-12-31T00:00:00Z"),
        badge("CPHQ", "Certification"),  # of the fixture's issuer
        badge("Master of Health Administration", "MasterDegree"),
        badge("A quiz", "Assessment"),
        badge("RHIA", "Badge"),
        badge("Unheard of", "License"),
        {"type": ["OpenBadgeCredential"], "name": "Bare", "credentialSubject": {}},
    ]
    found = text(json.dumps(some))
    assert found.data["credentials"] == [{"id": "FACHE", "issued": "2021-05-01", "expires": "2027-12-31"}]
    assert "issued by The issuer" in left(found)["CPHQ"]
    assert found.data["education"][0]["degree"] == "Master of Health Administration"
    assert {"A quiz (Assessment)", "RHIA (Badge)", "Unheard of", "Bare"} <= set(left(found))
    assert found.notes[0] == "The signatures of the badges were not verified."
    alone = text(json.dumps({"type": ["VerifiablePresentation"], "verifiableCredential": some[:1]}))
    assert len(alone.data["credentials"]) == 1


@pytest.mark.parametrize(
    ("name", "issuer", "ours"),
    [
        ("CMM", "PAHCOM", True),
        ("CMM", "Professional Association of Healthcare Office Management (PAHCOM)", True),
        ("CMM", "Meeting Professionals International", False),
        ("CMM", "Coursera", False),
        ("CMPE", "MGMA", True),
        ("CMPE", "Medical Group Management Association", True),
        ("CHFP", "HFMA, Ohio chapter", True),
        ("CRCR", "Management Association", False),
        ("CRCR", "Association", False),
        ("FACHE", "American College", False),
        ("CMPE", {"id": "https://www.mgma.com/badges/1"}, True),
        ("CMPE", "https://badges.mgma.com", True),
        ("CMPE", {"id": "https://mgma.com.example.org"}, False),
        ("CMPE", {}, False),
        ("CMPE", None, False),
        ("CMPE", "", False),
    ],
)
def test_a_badge_is_a_credential_only_of_its_own_issuer(name: str, issuer: object, ours: bool) -> None:
    found = text(json.dumps(badge(name, "Certification", issuer)))
    assert ("credentials" in found.data) is ours
    if not ours:
        assert any("issue" in why for why in left(found).values())


@pytest.mark.parametrize(
    ("issuer", "ours"),
    [("Ohio Board of Nursing", True), ("State of Ohio", True), ("", True), ("Ohio Learning Academy", False),
     ("Coursera", False), ("The University of Ohio", False)],
)  # fmt: skip
def test_a_licence_is_one_only_of_a_board_or_state(issuer: str, ours: bool) -> None:
    found = resume(certificates=[{"name": "Registered Nurse", "issuer": issuer}])
    assert ("credentials" in found.data) is ours


@pytest.mark.parametrize("name", ["CMM", "Certified Medical Manager (CMM)"])
def test_a_name_that_another_issuer_gives_too_is_not_ours(name: str) -> None:
    header = "Name,Url,Authority,Started On,Finished On,License Number\r\n"
    found = text(f"{header}{name},,Meeting Professionals International,Jan 2020,,1\r\n")
    assert "credentials" not in found.data
    assert left(found)[name] == (
        "issued by Meeting Professionals International; the one that we know is of Professional Association of Health "
        "Care Office Management. Add it if it is the same: profile add credential cmm"
    )


# --- what is left behind, one line a kind -----------------------------------------------------------------------------


def test_every_part_of_a_resume_that_is_not_read_is_listed_with_its_count() -> None:
    found = resume(
        basics={
            "name": "A",
            "label": "Nurse",
            "email": "a@example.org",
            "phone": "1",
            "summary": "Long.",
            "profiles": [1],
        },
        work=[
            {"position": "Charge nurse", "startDate": "2019", "summary": "Led.", "highlights": ["a", "b"]},
            {"position": "Registered nurse", "startDate": "2015", "description": "A ward."},
            {"position": "Nurse aide", "startDate": "2014", "summary": " ", "highlights": []},
        ],
        education=[{"studyType": "BSN", "endDate": "2015", "courses": ["x", "y"], "score": "3.9"}],
        volunteer=[{}, {}],
        awards=[{}],
        references=[{}, {}, {}],
        certifications=[{}],
        meta={"version": "1"},
    )
    why = left(found)
    assert {what for what in why if "(" in what} == {
        "contact details (3)", "summary (1)", "descriptions of posts (2)", "courses within studies (2)", "grades (1)",
        "volunteer (2)", "awards (1)", "references (3)", "certifications (1)",
    }  # fmt: skip
    assert "supervises" in why["descriptions of posts (2)"]
    assert why["certifications (1)"] == "no key of JSON Resume"
    assert "label" in why


@pytest.mark.parametrize("odd", [{"volunteer": 5}, {"awards": "x"}, {"references": {"a": 1}}, {"more": None}])
def test_odd_shapes_of_what_is_left_are_listed_too(odd: dict[str, Any]) -> None:
    key, value = next(iter(odd.items()))
    assert any(what.startswith(key) for what in left(resume(**odd))) is (value is not None)


@pytest.mark.parametrize("as_zip", [False, True])
def test_every_file_of_an_export_that_is_not_read_is_listed_with_its_rows(as_zip: bool, tmp_path: Path) -> None:
    folder = linkedin(tmp_path)
    (folder / "Organizations.csv").write_text('Name,Description\nACHE,"two\nlines"\nHFMA,\n', encoding="utf-8")
    (folder / "Honors.csv").write_bytes(b"Title\nCaf\xe9 award\n")
    (folder / "Volunteering.csv").write_text("Company Name,Role\nFood bank,Helper\n", encoding="utf-8")
    (folder / "Courses.csv").write_text("Name\n", encoding="utf-8")
    (folder / "messages.csv").write_text("From\nB\n", encoding="utf-8")
    (folder / "Connections.csv").write_text("First Name\nB\n", encoding="utf-8")
    found = from_path(zipped(folder, "x/") if as_zip else folder, words())
    assert found is not None
    why = left(found)
    assert "profile add membership" in why["Organizations.csv (2)"]
    assert "award" in why["Honors.csv (1)"]
    assert "Volunteering.csv (1)" in why
    assert "descriptions of posts (1)" in why
    assert why["other files of the export (2)"] == "nothing in them is asked for; they were not opened"
    assert not any(what.startswith("Courses") for what in why)


# --- dates that are not there, and dates that lie ahead ---------------------------------------------------------------


def test_a_post_without_a_beginning_is_of_unknown_length(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"work": [{"position": "Registered nurse", "endDate": "2026-05"}]}))
    command = ["assess", str(path), "-t", "clinical-nurse-manager", "--as-of", "2026-11-23"]
    assert execute([*command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    years = [one for one in found if one["kind"] == "experience" and one["unit"] == "years"]
    assert [(one["status"], one["have"]) for one in years] == [("unknown", {"least": 0, "most": None})]
    assert execute(command) == 0
    told = capsys.readouterr().out
    assert "have at least 0 (how much more is not known), need 3 years" in told
    assert "126" not in told


def test_a_window_bounds_a_post_without_a_beginning() -> None:
    rule = {"id": "t.x", "kind": "experience", "of": ["nursing"], "at_least": {"years": 2}, "within": {"years": 3}}
    profile = {"experience": [{"title": "A", "kinds": ["nursing"]}]}
    assert evaluate_rule(rule, profile, TODAY).have == (Fraction(0), Fraction(3))


def test_no_dates_at_all_are_said() -> None:
    found = resume(work=[{"position": "Charge nurse", "name": "Mercy"}])
    assert any("Charge nurse, Mercy: it has no dates, so it stands as held now" in note for note in found.notes)
    assert found.read[-1] == "Charge nurse, Mercy, start not said"


@pytest.mark.parametrize("start", ["2031-05", "2026-12", "2026-11-24", "2027"])
def test_a_post_that_lies_ahead_counts_for_nothing(start: str) -> None:
    found = resume(work=[{"position": "Charge nurse", "startDate": start}])
    assert "experience" not in found.data
    assert left(found)["Charge nurse"] == f"it begins on {start}, after today; add it once it has begun"


def test_a_post_of_this_year_may_have_begun() -> None:
    assert resume(work=[{"position": "Charge nurse", "startDate": "2026"}]).data["experience"]


def test_a_credential_that_lies_ahead_or_runs_backwards_is_none() -> None:
    found = resume(certificates=[{"name": "FACHE", "date": "2029-01"}])
    assert "credentials" not in found.data
    assert left(found)["FACHE"] == "it is issued on 2029-01, after today; add it once you hold it"
    header = "Name,Url,Authority,Started On,Finished On,License Number\r\n"
    back = text(f"{header}FACHE,,ACHE,Jan 2020,Jan 2018,1\r\nCPHQ,,NAHQ,Jan 2020,,1\r\n")
    assert left(back)["FACHE"] == "it ends before it begins"
    assert imported(back, knowledge()).profile["credentials"] == [{"id": "CPHQ", "issued": "2020-01"}]
    odd = resume(certificates=[{"name": "FACHE", "date": "last spring"}])
    assert odd.notes == ["FACHE: the day of issue 'last spring' is no date, so none is set."]


def test_studies_that_lie_ahead_are_not_under_way() -> None:
    found = resume(
        education=[
            {"studyType": "Master of Health Administration", "startDate": "2027-09", "endDate": "2029-05"},
            {"studyType": "Bachelor of Science in Nursing", "startDate": "2018", "endDate": "2012"},
        ]
    )
    assert "education" not in found.data
    assert left(found) == {
        "Master of Health Administration": "its studies begin on 2027-09, after today; add it once they have begun",
        "Bachelor of Science in Nursing": "it ends before it begins",
    }


def test_a_badge_of_a_day_to_come_is_no_degree() -> None:
    ahead = badge("Master of Health Administration", "MasterDegree", validFrom="2031-01-01T00:00:00Z")
    found = text(json.dumps(ahead))
    assert "education" not in found.data
    assert "after today" in left(found)["Master of Health Administration, The issuer"]  # none is expected either


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words_"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"{\\rtf1 hello}", "a rich text document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"PK\x03\x04garbage", "no ZIP that can be read"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "a visiting card"),
    ],
)
def test_another_format_is_named_and_refused(
    content: bytes, words_: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "thing.bin"
    path.write_bytes(content)
    for command in (["profile", "import", str(path)], ["assess", str(path), "-t", "fache"]):
        assert execute(command) == 1
        told = capsys.readouterr()
        assert words_ in told.err
        assert "thing.bin" in told.err
        assert told.out == ""


def packed(**files: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return raw.getvalue()


FOREIGN: list[tuple[bytes, str]] = [
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "seems to be a PDF"),
    (packed(word__document_xml="<w/>"), "seems to be a Word document"),
    (packed(xl__workbook_xml="<w/>"), "seems to be an Excel workbook"),
    (packed(content_xml="<w/>"), "seems to be an OpenDocument file"),
    (packed(notes_txt="x"), "none of the files of LinkedIn"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word document"),
    (b"\x1f\x8b\x08\0\0", "a packed file"),
    ("Maria".encode("utf-16"), "text in UTF-16"),
    (b"<!-- x -->\n<html><body>CV</body></html>", "a web page"),
    (b"<div>CV</div>", "a web page"),
    (b'<?xml version="1.0"?><SkillsPassport xmlns="http://europass.cedefop.europa.eu"/>', "document (Europass)"),
    (b'<Resume xmlns="http://ns.hr-xml.org/2007-04-15"/>', "an XML document"),
    (b"\\documentclass{moderncv}\n", "a LaTeX document"),
    (b"# Maria\n\n## Experience\n- nurse\n", "text in Markdown"),
    (b"Maria Lopez\nCharge nurse since 2019.\n", "plain text"),
    (b"date,amount\n2020-01-01,5\n", "a table, but none that is read; its columns: date, amount"),
    (b"Titel;Firma;Von\nPfleger;Charite;2019\n", "its columns: Titel, Firma, Von"),
    (b"title\temployer\nnurse\tMercy\n", "its columns: title, employer"),
    (b'Notes:\n"When exporting"\n\nFirst Name,URL,Company\nA,x,C\n', "plain text"),
    (b"services:\n  web:\n    image: nginx\n", "YAML, but no profile; its keys: services"),
    (b"cv:\n  name: Maria\n", "its keys: cv"),
    (b"- a\n- b\n", "a list in YAML"),
    (b'{"resume": {"basics": {"name": "A"}, "work": []}}', "`resume` seems to be JSON Resume: save that part alone"),
    (b'{"items": [1]}', "JSON, but of no format that is read; its keys: items"),
    (b"[1, 2]", "it is a list"),
]


@pytest.mark.parametrize(("content", "said"), FOREIGN, ids=[said for _, said in FOREIGN])
def test_a_foreign_file_is_told_what_it_seems_to_be_by_each_way_in(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "thing.bin"
    path.write_bytes(content)
    for command in (["profile", "import"], ["profile", "check"], ["assess", "-t", "fache"]):
        for source in (str(path), "-"):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
            assert execute([*command, source]) == 1
            told = capsys.readouterr()
            assert said in told.err
            assert "Accepted are: a profile in YAML or JSON, JSON Resume, LinkedIn's data export" in told.err
            assert told.out == ""


def test_an_archive_may_come_through_a_pipe_up_to_a_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = zipped(linkedin(tmp_path)).read_bytes()
    for command in (["profile", "import", "-", "--json"], ["assess", "-", "-t", "nurse manager", "--json"]):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert execute(command) == 0
        assert "Ann Lee" in capsys.readouterr().out
    for size, bomb in ((len(raw) - 1, raw), (50_000_000, packed(Positions_csv="a" * 6_000_000))):
        monkeypatch.setattr("hsm_planner.cli.places._MOST_ARCHIVE", size)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(bomb)))
        assert execute(["assess", "-", "-t", "fache"]) == 1
        assert "too large" in capsys.readouterr().err


def test_a_zip_bomb_and_tricks_with_paths(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Positions.csv", b"a" * 60_000_000)
    with pytest.raises(InputError, match="too large"):
        from_path(bomb, words())
    many = tmp_path / "many.zip"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(2_100):
            archive.writestr(f"{number}.txt", "")
    with pytest.raises(InputError, match=r"more than 2,000 files"):
        from_path(many, words())
    link = zipfile.ZipInfo("Education.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    for trick in (
        "../../../Positions.csv",
        "export/../../Positions.csv",
        "/etc/Positions.csv",
        "C:\\Positions.csv",
        link,
    ):
        tricky = tmp_path / "tricky.zip"
        with zipfile.ZipFile(tricky, "w") as archive:
            archive.writestr("Positions.csv", POSITIONS)
            archive.writestr(trick, "/etc/passwd")
        with pytest.raises(InputError, match="lie outside of it or is a link"):
            from_path(tricky, words())
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bomb.zip", "many.zip", "tricky.zip"]


def test_a_folder_whose_file_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_text(POSITIONS, encoding="utf-8")
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Positions.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(InputError, match="link to another file"):
        from_path(folder, words())


def test_an_archive_and_a_folder_without_the_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds none of the files"):
        from_path(tmp_path, words())
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("notes.txt", "x")
    with pytest.raises(InputError, match="holds none of the files"):
        from_path(other, words())


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_deeply_nested_json(depth: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"basics": ' + "[" * depth + "]" * depth + "}")
    assert execute(["assess", str(path), "-t", "fache"]) == 1
    assert "nested deeper" in capsys.readouterr().err


def test_damaged_archives_tables_and_types(tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(broken, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Positions.csv", POSITIONS * 20)
    raw = bytearray(broken.read_bytes())
    raw[60:160] = b"\xff" * 100
    broken.write_bytes(raw)
    with pytest.raises(InputError):
        from_path(broken, words())
    wide = POSITIONS.replace("Led a ward", "x" * 200_000)
    assert len(text(wide).data["experience"]) == 2
    assert from_text(json.dumps({"type": [{"a": 1}], "credentialSubject": {}}), "x", words()) is None


def test_a_huge_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "huge.json"
    path.write_text('{"basics": "' + "x" * 6_000_000 + '"}')
    assert execute(["assess", str(path), "-t", "fache"]) == 1
    assert "too large" in capsys.readouterr().err


# --- the commands -----------------------------------------------------------------------------------------------------


def test_another_format_is_read_wherever_a_profile_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = linkedin(tmp_path)
    for command in (
        ["assess", str(folder), "-t", "nurse manager", "--json"],
        ["plan", str(folder), "-t", "nurse manager", "--alternatives", "0", "--json"],
        ["compare", str(folder), "-t", "nurse manager", "--json"],
        ["renewals", str(folder), "--json"],
    ):
        assert execute(command) == 0
        told = capsys.readouterr()
        json.loads(told.out)
        assert "LinkedIn data export" in told.err
    resume_ = json.dumps({"basics": {"name": "A"}, "work": [{"position": "Charge nurse", "startDate": "2019-01"}]})
    stdin = io.TextIOWrapper(io.BytesIO(resume_.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert execute(["assess", "-", "-t", "fache"]) == 0
    assert "JSON Resume" in capsys.readouterr().err


def test_the_loss_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = linkedin(tmp_path)
    assert execute(["profile", "import", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema("import"))
    assert {one["what"] for one in told["left_behind"]} >= {"Scrum Master", "Career Break"}
    assert execute(["profile", "import", str(folder)]) == 0
    told_ = capsys.readouterr()
    assert told_.out.startswith("# From LinkedIn data export")
    assert "Left behind" in told_.err
    assert execute(["profile", "import", str(ROOT / "examples" / "charge-nurse.yaml")]) == 1
    assert execute(["profile", "import", str(folder), "-o", "x.csv"]) == 2


def test_what_is_guessed_is_told_with_its_score() -> None:
    result = imported(resume(work=[{"position": "Chrge nurse", "startDate": "2019-01"}]), knowledge())
    assert [(one.given, one.how) for one in result.guessed] == [("Chrge nurse", "fuzzy")]
    assert 0 < result.guessed[0].score < 1
    odd = imported(resume(work=[{"position": "Zookeeper of ideas", "startDate": "2019-01"}]), knowledge())
    assert [one.given for one in odd.not_known] == ["Zookeeper of ideas"]


def test_an_import_over_a_profile_keeps_the_version_before_and_is_the_owners_alone(tmp_path: Path) -> None:
    kept = tmp_path / "me.yaml"
    kept.write_text("schema_version: 1\nname: before\n", encoding="utf-8")
    source = tmp_path / "resume.json"
    source.write_text(json.dumps({"basics": {"name": "After"}, "work": []}), encoding="utf-8")
    assert execute(["profile", "import", str(source), "-o", str(kept)]) == 0
    assert "After" in kept.read_text(encoding="utf-8")
    assert "before" in (tmp_path / "me.yaml.bak").read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello world", "plain text"),
        ('{"name": "x"}', "JSON, but of no format"),
        ("", "is empty"),
        ("a,b\n1,2\n", "columns: a, b"),
        ("state: OH\n", "seems to be YAML"),
    ],
)
def test_what_is_not_read_is_told_what_it_seems_to_be(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(text, encoding="utf-8")
    assert execute(["profile", "import", str(path)]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "JSON Resume, LinkedIn" in told
