"""A profile and the knowledge into a timeline: the only room that reads what people write."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.knowledge.yamlfile import DataPath, Document
from hsm_planner.profile.model import Profile, ReferenceCount, Statement
from hsm_planner.requirements.numeric import exact
from hsm_planner.resolve.credentials import CredentialWords, read_credentials
from hsm_planner.resolve.education import read_education, with_schooling
from hsm_planner.resolve.lookup import ASSUMED_HOURS, Reader, vocabulary_of
from hsm_planner.resolve.work import read_experience
from hsm_planner.values.dates import DateRange, PartialDate
from hsm_planner.values.problems import Problem, nearest
from hsm_planner.values.timeline import (
    Application,
    Course,
    Exam,
    Learning,
    Membership,
    References,
    Span,
    Target,
    Timeline,
    Training,
    Volunteering,
)
from hsm_planner.values.timeline import Statement as Said

_STAGES = ("purchased", "submitted", "registered", "approved")


def resolve(profile: Profile, knowledge: Knowledge, target: Target, document: Document | None = None) -> Timeline:
    """The timeline of a person towards a target.

    Raises:
        InputError: when the profile names ids that the knowledge does not have, all of them at once.
    """
    reader = Reader(knowledge, document)
    timeline = _timeline(profile, reader, target)
    reader.finish()
    return timeline


def check_words(
    profile: Profile, knowledge: Knowledge, document: Document, before: Profile | None = None
) -> list[Problem]:
    """The ids of a profile that the knowledge does not have; of entries that ``before`` did not have, the names too."""
    reader = Reader(knowledge, document, added_to(before, profile) if before is not None else frozenset())
    _timeline(profile, reader, Target(""))
    return reader.problems


def added_to(before: Profile, after: Profile) -> frozenset[DataPath]:
    """The entries, by section and number, behind those that a profile had before."""
    return frozenset(
        (section, number)
        for section, entries in after
        if isinstance(entries, tuple)
        for number in range(len(getattr(before, section) or ()), len(entries))
    )


def _timeline(profile: Profile, reader: Reader, target: Target) -> Timeline:
    knowledge = reader.knowledge
    _states(profile, reader)
    degrees, credits = read_education(profile.education, reader, _accreditors(knowledge))
    organizations = vocabulary_of(knowledge, "organizations")
    credentials, guessed = read_credentials(profile.credentials, reader)
    degrees = with_schooling(degrees, credits, credentials or (), knowledge)
    return Timeline(
        target=target,
        born=profile.born.as_event() if profile.born else None,
        degrees=degrees,
        credits=credits,
        posts=read_experience(profile.experience, reader, credentials or ()),
        credentials=credentials,
        guessed_credentials=guessed,
        memberships=_memberships(profile, reader, organizations),
        learning=_learning(profile, reader, organizations),
        training=_training(profile, reader),
        courses=_courses(profile, reader),
        exams=_exams(profile, reader),
        volunteering=_volunteering(profile, reader),
        references=_references(profile, reader),
        applications=_applications(profile, reader),
        skills=_skills(profile, reader),
        statements=_statements(profile, reader),
        resolved=tuple(reader.resolved),
        warnings=(*reader.warnings, *_kept_for_plans(profile)),
    )


@lru_cache(maxsize=4)
def _accreditors(knowledge: Knowledge) -> Mapping[str, str]:
    """Accreditors by their plain names."""
    labels = knowledge.vocabulary.labels["accreditor"]
    return {plain(name): id_ for id_, label in labels.items() for name in (id_, label)}


def _kept_for_plans(profile: Profile) -> list[str]:
    """Say which keys of the profile this comparison has no use for."""
    unused = ["constraints"] if profile.constraints is not None else []
    unused += ["pay_usd_year"] if any(post.pay_usd_year is not None for post in profile.experience or ()) else []
    if any(course.accredited_by is not None for course in profile.courses or ()):
        unused.append("courses.accredited_by")
    return [f"Not used in this comparison: {', '.join(unused)}."] if unused else []


def _states(profile: Profile, reader: Reader) -> None:
    """Every state code of a profile is one."""
    reader.state(profile.state, ("state",))
    reader.state(profile.target.state if profile.target else None, ("target", "state"))
    for number, post in enumerate(profile.experience or ()):
        reader.state(post.state, ("experience", number, "state"))
    for number, held in enumerate(profile.credentials or ()):
        reader.state(held.state, ("credentials", number, "state"))


def _memberships(profile: Profile, reader: Reader, known: Mapping[str, str]) -> tuple[Membership, ...] | None:
    if profile.memberships is None:
        return None
    types = vocabulary_of(reader.knowledge, "membership_types")
    result = []
    for number, entry in enumerate(profile.memberships):
        found = reader.may(known, entry.organization, ("memberships", number, "organization"), "organization")
        if found is None:
            continue
        text = f"member of {reader.knowledge.vocabulary.label('organization', found)}"
        text += f" since {entry.since}" if entry.since else ""
        span = Span(entry.since.as_start() if entry.since else None, entry.until.as_end() if entry.until else None)
        pointer = f"memberships[{number}]"
        sort = types.get(plain(entry.type)) if entry.type else None
        if entry.type:
            reader.note(entry.type, f"{pointer}.type", "membership type", sort, "alias" if sort else "unresolved")
        result.append(Membership(pointer, text, found, span, sort))
    return tuple(result)


def _learning(profile: Profile, reader: Reader, organizations: Mapping[str, str]) -> tuple[Learning, ...] | None:
    if profile.learning is None:
        return None
    topics = vocabulary_of(reader.knowledge, "topics")
    kinds = vocabulary_of(reader.knowledge, "learning_kinds")
    result = []
    for number, entry in enumerate(profile.learning):
        pointer = f"learning[{number}]"
        topic = topics.get(plain(entry.topic)) if entry.topic else None
        kind = kinds.get(plain(entry.kind)) if entry.kind else None
        for given, found, name in ((entry.topic, topic, "topic"), (entry.kind, kind, "kind")):
            if given:
                reader.note(given, f"{pointer}.{name}", name, found, "alias" if found else "unresolved")
        provider = _provider(entry.provider, pointer, reader, organizations)
        text = f"{entry.hours:g} hours"
        text += f", {entry.topic}" if entry.topic else ""
        text += f", {entry.provider}" if entry.provider else ""
        text += f", {entry.date}" if entry.date else ""
        date = entry.date.as_event() if entry.date else None
        result.append(Learning(pointer, text, exact(entry.hours), topic, kind, provider, date))
    return tuple(result)


def _provider(given: str | None, pointer: str, reader: Reader, known: Mapping[str, str]) -> str | None:
    """The provider's id; a name that may be a known one's (a chapter, another spelling) is left open."""
    if given is None:
        return None
    found = known.get(plain(given))
    reader.note(given, f"{pointer}.provider", "organization", found, "alias" if found else "unresolved")
    words = set(plain(given).split(" "))
    named = any(set(name.split(" ")) <= words for name in known)
    return found or (None if named or nearest(given, known) else given)


def _training(profile: Profile, reader: Reader) -> tuple[Training, ...] | None:
    if profile.training is None:
        return None
    known = vocabulary_of(reader.knowledge, "training")
    result = []
    for number, entry in enumerate(profile.training):
        pointer = f"training[{number}]"
        found = known.get(plain(entry.kind))
        reader.note(entry.kind, f"{pointer}.kind", "training", found, "alias" if found else "unresolved")
        label = reader.knowledge.vocabulary.label("training", found) if found else entry.kind
        text = label + (f", {entry.hours:g} hours" if entry.hours else "")
        text += f", {entry.start} to {entry.end or 'now'}" if entry.start else ""
        span = Span(
            entry.start.as_start() if entry.start else None,
            entry.end.as_end() if entry.end else None,
        )
        hours = exact(entry.hours) if entry.hours else None
        weekly = exact(entry.hours_per_week) if entry.hours_per_week else pace(hours, span)
        result.append(
            Training(
                pointer,
                text,
                found,
                hours,
                span,
                weekly or ASSUMED_HOURS,
                weekly is None,
                entry.registered,
                entry.within_degree,
            )
        )
    return tuple(result)


def pace(hours: Fraction | None, span: Span) -> Fraction | None:
    """Hours a week of an item that says its hours and dates: over the most weeks that it may have taken."""
    if hours is None or span.start is None or span.end is None:
        return None
    days = (span.end.latest - span.start.earliest).days + 1
    return min(hours * 7 / days, Fraction(168)) if days > 0 else None


def _courses(profile: Profile, reader: Reader) -> tuple[Course, ...] | None:
    if profile.courses is None:
        return None
    known = vocabulary_of(reader.knowledge, "courses")
    result = []
    for number, entry in enumerate(profile.courses):
        pointer = f"courses[{number}]"
        found = known.get(plain(entry.name))
        reader.note(entry.name, f"{pointer}.name", "course", found, "alias" if found else "unresolved")
        hours = exact(entry.hours) if entry.hours else None
        credits = exact(entry.semester_hours) if entry.semester_hours else None
        result.append(Course(pointer, entry.name, found, hours, credits, _event(entry.date)))
    return tuple(result)


def _event(date: PartialDate | None) -> DateRange | None:
    return date.as_event() if date else None


def _exams(profile: Profile, reader: Reader) -> tuple[Exam, ...] | None:
    if profile.exams is None:
        return None
    labels = reader.knowledge.vocabulary.labels["exam"]
    known = {plain(name): id_ for id_, label in labels.items() for name in (id_, label)}
    credentials = CredentialWords.of(reader.knowledge)
    result = []
    for number, entry in enumerate(profile.exams):
        pointer = f"exams[{number}]"
        found = known.get(plain(entry.id))
        passed = _event(entry.passed)
        if found is not None:
            result.append(Exam(pointer, f"{labels[found]}{_dated(entry.passed)}", found, passed))
            continue
        meaning = credentials.read(entry.id, None)
        facts = reader.knowledge.vocabulary.credentials.get(meaning.id) if meaning else None
        if facts is None or not facts.exams:
            reader.may(known, entry.id, ("exams", number, "id"), "exam")
            continue
        result += [Exam(pointer, f"{labels[exam]}{_dated(entry.passed)}", exam, passed) for exam in sorted(facts.exams)]
    return tuple(result)


def _dated(date: PartialDate | None) -> str:
    return f", passed {date}" if date else ", passed"


def _volunteering(profile: Profile, reader: Reader) -> tuple[Volunteering, ...] | None:
    if profile.volunteering is None:
        return None
    known = vocabulary_of(reader.knowledge, "volunteering")
    result = []
    for number, entry in enumerate(profile.volunteering):
        path = ("volunteering", number, "kind")
        kind = reader.must(known, entry.kind, path, "kind of volunteer work") if entry.kind else None
        text = ", ".join(str(part) for part in ("volunteering", entry.kind, entry.date) if part)
        result.append(Volunteering(f"volunteering[{number}]", text, kind, _event(entry.date)))
    return tuple(result)


def _references(profile: Profile, reader: Reader) -> References | None:
    given = profile.references
    if given is None:
        return None
    if isinstance(given, ReferenceCount):
        return References(given.count, (None,) * given.count)
    known = vocabulary_of(reader.knowledge, "references")
    roles = [
        reader.must(known, entry.role, ("references", i, "role"), "role") if entry.role else None
        for i, entry in enumerate(given)
    ]
    return References(len(given), tuple(roles))


def _applications(profile: Profile, reader: Reader) -> tuple[Application, ...] | None:
    if profile.applications is None:
        return None
    words = CredentialWords.of(reader.knowledge)
    roles = set(reader.knowledge.ids("roles", "roles"))
    result = []
    for number, entry in enumerate(profile.applications):
        meaning = None
        if entry.for_ not in roles:
            meaning = words.must(reader, entry.for_, None, ("applications", number, "for"))
        stages = {name: date.as_event() for name in _STAGES if (date := getattr(entry, name)) is not None}
        expires = entry.expires.as_end() if entry.expires else None
        id_ = meaning.id if meaning else entry.for_
        result.append(Application(f"applications[{number}]", id_, stages, expires))
    return tuple(result)


def _skills(profile: Profile, reader: Reader) -> dict[str, int] | None:
    if profile.skills is None:
        return None
    labels = reader.knowledge.vocabulary.labels["skill"]
    known = {plain(name): id_ for id_, label in labels.items() for name in (id_, label)}
    found = {reader.must(known, name, ("skills", name), "skill"): level for name, level in profile.skills.items()}
    return {name: level for name, level in found.items() if name}


def _statements(profile: Profile, reader: Reader) -> dict[str, Said]:
    if not profile.statements:
        return {}
    known = {plain(item.id): item.id for item in reader.knowledge.statements}
    result: dict[str, Said] = {}
    for name, answer in profile.statements.items():
        found = reader.must(known, name, ("statements", name), "statement")
        if found:
            if isinstance(answer, Statement):
                result[found] = Said(answer.value, answer.by, _event(answer.date))
            else:
                result[found] = Said(answer)
    return result
