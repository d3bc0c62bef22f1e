"""Posts: which role a title means, and which kinds of experience a post gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from hsm_planner.knowledge.models import Role
from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.knowledge.words import PostGrant, Setting
from hsm_planner.profile.model import Experience
from hsm_planner.requirements.numeric import exact
from hsm_planner.resolve.credentials import CredentialWords
from hsm_planner.resolve.lookup import ASSUMED_HOURS, Reader, vocabulary_of
from hsm_planner.resolve.titles import TitleReading, TitleWords
from hsm_planner.values.evidence import NO, YES, Claim, Question
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Credential, Post, Span
from hsm_planner.values.truth import Strength

_STRENGTHS = {"sourced": Strength.SOURCED, "definition": Strength.SOURCED, "editorial": Strength.GUESSED}


@record
class WorkWords:
    """Titles, settings, kinds and breaks, ready to look up."""

    titles: TitleWords
    settings: Mapping[str, str]
    kinds: Mapping[str, str]
    breaks: frozenset[str]

    @classmethod
    @lru_cache(maxsize=4)
    def of(cls, knowledge: Knowledge) -> WorkWords:
        words = knowledge.words
        breaks = frozenset(map(plain, words.breaks))
        return cls(
            TitleWords(knowledge), vocabulary_of(knowledge, "settings"), vocabulary_of(knowledge, "kinds"), breaks
        )


def read_experience(
    entries: tuple[Experience, ...] | None, reader: Reader, held: Sequence[Credential]
) -> tuple[Post, ...] | None:
    """The posts of a profile; career breaks are left out, and said once without naming them.

    ``held`` are the credentials held now or before: some posts give a kind of experience to holders of a licence only.
    """
    if entries is None:
        return None
    words = WorkWords.of(reader.knowledge)
    posts: list[Post] = []
    breaks = 0
    for number, entry in enumerate(entries):
        if entry.title is not None and entry.role is None and plain(entry.title) in words.breaks:
            breaks += 1
            continue
        posts.append(_post(entry, number, reader, words, held))
    if breaks:
        reader.warnings.append("A break from work is not counted as a post; nothing else follows from it.")
    return tuple(posts)


def _post(entry: Experience, number: int, reader: Reader, words: WorkWords, held: Sequence[Credential]) -> Post:
    pointer, path = f"experience[{number}]", ("experience", number)
    setting_id = reader.must(words.settings, entry.setting, (*path, "setting"), "setting") if entry.setting else None
    reading = _read_title(entry, number, setting_id, reader, words)
    stated = [reader.must(words.kinds, kind, (*path, "kinds", i), "kind") for i, kind in enumerate(entry.kinds or ())]
    knowledge = reader.knowledge
    role = knowledge.role(reading.role) if reading.role else None
    setting = next((item for item in knowledge.words.settings if item.id == setting_id), None)
    supervisors: frozenset[str] | None = None
    if entry.supervised_by is not None:
        credentials = CredentialWords.of(knowledge)
        found = [
            credentials.must(reader, given, None, (*path, "supervised_by", index_))
            for index_, given in enumerate(entry.supervised_by)
        ]
        supervisors = frozenset(name for meaning in found if meaning for name in (meaning.id, meaning.family))
    if entry.kinds is not None:
        claims = {kind: YES for kind in stated if kind}
    else:
        claims = _granted(entry, pointer, reading, role, setting, held, knowledge)
    inside = _health_claim(_health(role, setting, general=reading.general), _place(entry, pointer))
    for kind, said in (entry.counts_as or {}).items():
        if (known := reader.must(words.kinds, kind, (*path, "counts_as", kind), "kind")) is not None:
            claims[known] = _if_inside(known, YES, inside, knowledge) if said else NO
    kinds = _closed(claims, knowledge)
    assumed = entry.hours_per_week is None
    return Post(
        pointer=pointer,
        text=_text(entry, assumed=assumed),
        role=None if reading.guess else reading.role,
        span=Span(
            entry.start.as_start() if entry.start else None,
            entry.end.as_end() if entry.end else None,
        ),
        hours=exact(entry.hours_per_week) if entry.hours_per_week else ASSUMED_HOURS,
        hours_assumed=assumed,
        kinds=kinds,
        setting=setting_id,
        state=entry.state,
        beds=entry.beds,
        supervises=entry.supervises,
        administrator_of_record=entry.administrator_of_record,
        supervised_by=supervisors,
        area=entry.area,
        guessed_role=reading.role if reading.guess else None,
    )


def _read_title(entry: Experience, number: int, setting: str | None, reader: Reader, words: WorkWords) -> TitleReading:
    """The role of a post: as said, or as its title reads in its place."""
    pointer = f"experience[{number}]"
    if entry.role is not None:
        role = reader.must(words.titles.roles, entry.role, ("experience", number, "role"), "role")
        reader.note(entry.role, f"{pointer}.role", "role", role, "stated")
        return TitleReading(role, "stated", 1.0)
    reading = words.titles.read_in(entry.title or "", setting)
    reader.note(entry.title or "", f"{pointer}.title", "role", reading.role, reading.how, reading.score)
    return reading


def _title_claim(entry: Experience, pointer: str, reading: TitleReading, knowledge: Knowledge) -> Claim:
    """A guessed title counts once confirmed; the question names the candidates."""
    if not reading.guess:
        return YES
    names = [knowledge.vocabulary.label("role", role) for role in reading.candidates]
    others = f" If not: {' or '.join(names[1:])}, or something else?" if len(names) > 1 else ""
    text = f"We read {entry.title!r} as {names[0]}. Right?{others}"
    return Claim(Strength.GUESSED, (Question(f"{pointer}.role", text, answers=reading.candidates),))


def _granted(
    entry: Experience,
    pointer: str,
    reading: TitleReading,
    role: Role | None,
    setting: Setting | None,
    held: Sequence[Credential],
    knowledge: Knowledge,
) -> dict[str, Claim]:
    """What role, setting and fields give, with how surely; kinds that nothing gives are left out."""
    claims: dict[str, Claim] = {}

    def add(kind: str, claim: Claim) -> None:
        claims[kind] = claims.get(kind, NO).either(claim)

    place = _place(entry, pointer)
    inside = _health_claim(_health(role, setting, general=reading.general), place)
    if setting is not None:
        for kind in setting.kinds:
            add(kind, Claim(Strength.SOURCED))
    elif role is not None:
        for other in knowledge.words.settings:
            if other.id in role.settings:
                for kind in other.kinds:
                    add(kind, Claim.possible(place))
    if role is not None:
        for grant in role.grants:
            strength = _STRENGTHS[grant.basis]
            if grant.holding is not None and not _held_throughout(grant.holding, held, entry):
                strength = Strength.GUESSED
            label = knowledge.vocabulary.label("kind", grant.kind)
            text = f"Would you say that this post was {label}: {entry.title or entry.role}?"
            why = "We think that it may count as that, but no source says so: your word decides."
            sure = Question(f"{pointer}.counts_as.{grant.kind}", text, why, ("yes", "no"))
            claim = Claim(strength, (sure,)) if strength is Strength.GUESSED else Claim(strength)
            claim = _if_inside(grant.kind, claim, inside, knowledge)
            add(grant.kind, claim.also(_title_claim(entry, pointer, reading, knowledge)))
    if role is None or reading.guess:
        asked = _title_claim(entry, pointer, reading, knowledge).questions
        _unread_title(entry, pointer, setting, knowledge, add, asked)
    for post_grant in knowledge.words.post_grants:
        claim = _field_claim(entry, pointer, post_grant, role, setting)
        for kind in post_grant.kinds:
            if post_grant.decides and claim is NO:
                claims.pop(kind, None)
            add(kind, claim)
        for kind in post_grant.in_health:
            add(kind, claim.also(inside))
    return claims


def _place(entry: Experience, pointer: str) -> Question:
    return Question(f"{pointer}.setting", f"In what kind of place was this: {entry.title or entry.role}?")


def _held_throughout(family: str, held: Sequence[Credential], entry: Experience) -> bool:
    """Whether a licence of the family was there when the post began; one without a date is taken to be."""
    begun = entry.start.as_start().latest if entry.start else None
    return any(
        credential.family == family
        and (credential.span.start is None or (begun is not None and credential.span.start.latest <= begun))
        for credential in held
    )


def _health(role: Role | None, setting: Setting | None, *, general: bool) -> bool | None:
    """Whether the post is in health care; None: nothing says so."""
    if role is not None and role.health_specific and not general:
        return True
    return setting.health if setting is not None else None


def _if_inside(kind: str, claim: Claim, inside: Claim, knowledge: Knowledge) -> Claim:
    """What only health care gives asks that the post is in it."""
    return claim.also(inside) if kind in _health_kinds(knowledge) else claim


def _health_claim(health: bool | None, place: Question) -> Claim:
    """A title used outside health care too, without a setting, is a guess."""
    if health is None:
        return Claim(Strength.GUESSED, (place,))
    return YES if health else NO


def _unread_title(
    entry: Experience,
    pointer: str,
    setting: Setting | None,
    knowledge: Knowledge,
    add: Callable[[str, Claim], None],
    guessed: tuple[Question, ...],
) -> None:
    """A title that is not understood, or is a guess, may be anything its setting allows."""
    unknown = Question(f"{pointer}.role", f"Which kind of post was {entry.title!r}?", "We do not know this title.")
    granted_by_fields = {kind for grant in knowledge.words.post_grants for kind in (*grant.kinds, *grant.in_health)}
    denied = {
        kind
        for grant in knowledge.words.post_grants
        if _denied(entry, grant)
        for kind in knowledge.vocabulary.kinds_below((*grant.kinds, *grant.in_health))
    }
    healthy = _health_kinds(knowledge)
    for kind in knowledge.words.kinds:
        outside = setting is not None and not setting.health and kind.id in healthy
        if kind.id not in granted_by_fields | denied and not outside:
            add(kind.id, Claim.possible(*(guessed or (unknown,))))


@lru_cache(maxsize=4)
def _health_kinds(knowledge: Knowledge) -> frozenset[str]:
    """The kinds that only health care gives: those at or below what any health setting gives."""
    tops = {kind for setting in knowledge.words.settings if setting.health for kind in setting.kinds}
    roots = {top for kind in tops for top in knowledge.vocabulary.kinds_above(kind)}
    return knowledge.vocabulary.kinds_below(roots)


def _field_claim(
    entry: Experience, pointer: str, grant: PostGrant, role: Role | None, setting: Setting | None
) -> Claim:
    question = Question(f"{pointer}.{grant.field}", f"{entry.title or entry.role}: {grant.question}")
    given = getattr(entry, grant.field)
    if given is None and grant.only_in:
        places = (setting.id,) if setting is not None else role.settings if role is not None else grant.only_in
        if not set(places) & set(grant.only_in):
            return NO
    claim = Claim.possible(question) if given is None else YES if given else NO
    if grant.needs is not None:
        led = getattr(entry, grant.needs)
        leads = Question(
            f"{pointer}.{grant.needs}", f"{entry.title or entry.role}: How many people did you lead there?"
        )
        claim = claim.also(Claim.possible(leads) if led is None else YES if led else NO)
    return claim


def _denied(entry: Experience, grant: PostGrant) -> bool:
    """Whether the profile says no to all that a kind is read from: nobody led and no budget is no management."""
    fields = [grant.field, *([grant.needs] if grant.needs else [])]
    given = [getattr(entry, field) for field in fields]
    return all(value is not None and not value for value in given)


def _closed(claims: Mapping[str, Claim], knowledge: Knowledge) -> dict[str, Claim]:
    """The claims with every broader kind as well."""
    result: dict[str, Claim] = {}
    for kind, claim in claims.items():
        for broader in knowledge.vocabulary.kinds_above(kind):
            result[broader] = result.get(broader, NO).either(claim)
    return {kind: claim for kind, claim in result.items() if claim.strength is not Strength.NONE}


def _text(entry: Experience, *, assumed: bool) -> str:
    parts = [entry.title or entry.role or "", entry.employer or ""]
    if entry.end is not None:
        parts.append(f"{entry.start or '?'} to {entry.end}")
    elif entry.start is not None:
        parts.append(f"since {entry.start}")
    text = ", ".join(part for part in parts if part)
    return f"{text} (40 h a week assumed)" if assumed else text
