"""LinkedIn's data export: a ZIP or folder of CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from hsm_planner.knowledge.yamlfile import MOST_BYTES
from hsm_planner.profile.imports.certificates import credential
from hsm_planner.profile.imports.loss import COURSES, TOLD, Import, Words, text_of, work
from hsm_planner.profile.imports.studies import degree

POSITIONS, EDUCATION, CERTIFICATIONS = "positions.csv", "education.csv", "certifications.csv"
SKILLS, PROFILE = "skills.csv", "profile.csv"
FILES = frozenset({POSITIONS, EDUCATION, CERTIFICATIONS, SKILLS, PROFILE})
# Files of an export that may hold something of worth, and why they are not read.
LEFT = {
    "organizations.csv": ("Organizations.csv", "say yourself of what you are a member: profile add membership"),
    "volunteering.csv": ("Volunteering.csv", "civic or in health care? say it: profile add volunteering"),
    "honors.csv": ("Honors.csv", "awards count for nothing that is asked"),
    "courses.csv": ("Courses.csv", COURSES),
    "test scores.csv": ("Test Scores.csv", "an exam that is asked for is added by its name: profile add exam"),
    "languages.csv": ("Languages.csv", "languages count for nothing that is asked"),
    "projects.csv": ("Projects.csv", "projects count for nothing that is asked"),
    "publications.csv": ("Publications.csv", "publications count for nothing that is asked"),
    "patents.csv": ("Patents.csv", "patents count for nothing that is asked"),
    "recommendations_received.csv": ("Recommendations_Received.csv", "words of praise are no reference by name"),
}  # fmt: skip
_HEADERS = {
    POSITIONS: {"Company Name", "Title", "Started On"},
    EDUCATION: {"School Name", "Degree Name"},
    CERTIFICATIONS: {"Name", "Authority"},
    PROFILE: {"First Name", "Last Name"},
    SKILLS: {"Name"},
}


def file_of(text: str) -> str | None:
    """Which of the files a CSV text is, by its first line."""
    first = next(iter(_rows(text)), None)
    header = set(first or next(csv.reader(io.StringIO(text)), []))
    return next((name for name, keys in _HEADERS.items() if keys <= header and name != SKILLS), None)


def from_linkedin(files: Mapping[str, str], words: Words, name: str, others: int = 0) -> Import:
    """The profile of an export; ``files``: texts by their names in small letters; ``others``: files not opened."""
    found = Import("LinkedIn data export", name)
    for row in _of(files, PROFILE, found):
        person = " ".join(filter(None, (text_of(row.get("First Name")), text_of(row.get("Last Name")))))
        if person:
            found.data["name"] = person
            found.read.append(f"name: {person}")
        if state := words.state(text_of(row.get("Geo Location"))):
            found.data["state"] = state
            found.read.append(f"state: {state}, where you live; change it to where you want to work")
    for row in _of(files, POSITIONS, found):
        work(found, words, text_of(row.get("Title")), text_of(row.get("Company Name")), row.get("Started On"),
             row.get("Finished On"), row.get("Location"))  # fmt: skip
    for row in _of(files, EDUCATION, found):
        degree(found, words, text_of(row.get("Degree Name")), text_of(row.get("School Name")), row.get("End Date"),
               row.get("Start Date"), (row.get("Notes"), row.get("Activities")))  # fmt: skip
    for row in _of(files, CERTIFICATIONS, found):
        credential(found, words, text_of(row.get("Name")), row.get("Started On"), row.get("Finished On"),
                   text_of(row.get("Authority")))  # fmt: skip
    skills = [text_of(row.get("Name")) for row in _of(files, SKILLS, found)]
    if skills:
        found.drop(f"skills ({len(skills)})", "skills are rated by yourself, from 0 to 5")
    _left(files, others, found)
    return found


def _left(files: Mapping[str, str], others: int, found: Import) -> None:
    """Say what was not read, one line a kind."""
    for name, kind, columns in (
        (PROFILE, "summary", ("Headline", "Summary")),
        (POSITIONS, "descriptions of posts", ("Description",)),
        (EDUCATION, "notes on studies", ("Notes", "Activities")),
    ):
        rows = _rows(files.get(name, ""))
        found.left(kind, sum(any(text_of(row.get(column)) for column in columns) for row in rows), TOLD)
    for name, (shown, why) in LEFT.items():
        found.left(shown, sum(1 for _ in _rows(files.get(name, ""))), why)
    found.left("other files of the export", others, "nothing in them is asked for; they were not opened")


def _of(files: Mapping[str, str], name: str, found: Import) -> Iterator[Mapping[str, str]]:
    text = files.get(name)
    if text is None:
        return
    rows = list(_rows(text))
    if rows and not _HEADERS[name] <= set(rows[0]):
        found.drop(name, f"its first line does not name {', '.join(sorted(_HEADERS[name]))}")
        return
    yield from rows


def _rows(text: str) -> Iterator[dict[str, str]]:
    """Rows under the names of the first line; quoted line breaks are part of a value."""
    csv.field_size_limit(MOST_BYTES)
    for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")):
        yield {(key or "").strip(): value for key, value in row.items() if isinstance(value, str)}
