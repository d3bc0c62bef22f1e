"""The shape of vocabulary.yaml, degrees.yaml and pathway.yaml: the words that rules and profiles use."""

from typing import Annotated, Literal

from pydantic import Field

from hsm_planner.knowledge.common import Cited, Range, Text
from hsm_planner.requirements.base import Confidence, Id, StateCode, Strict


class DegreeName(Strict):
    """What a string that people write for a degree means. ``field`` None: it does not say."""

    aliases: Annotated[tuple[Text, ...], Field(min_length=1)]
    expands_to: Text
    level: Id | None  # None: not a degree (a licence, a certification, work under way)
    field: Id | None
    ambiguous_with: tuple[Text, ...] = ()
    guess: bool = False  # the string means something else too: counts once confirmed
    doubtful_fields: tuple[Id, ...] = ()  # fields that do not lift the doubt, as the other meaning has them too
    date_settles: bool = False  # the doubt is whether it was finished: a date of award lifts it
    foreign: bool = False
    note: str | None = None
    sources: tuple[Id, ...] = ()


class Bridge(Strict):
    """A shorter way into a degree for holders of something: degrees of these levels in the field, and a licence."""

    from_: Annotated[Text, Field(alias="from")]
    from_levels: tuple[Id, ...] = ()  # empty: what is asked cannot be told from degrees alone
    from_field: Literal["same", "any"] = "same"
    from_license: Id | None = None
    name: Text
    months_full_time: Range | None = None
    months_part_time: Range | None = None
    remaining_credits: Range | None = None
    sources: Cited


class Programme(Strict):
    """A degree as a thing to study: how long, how many credits, how dear."""

    id: Id
    name: Text
    level: Id
    field: Id
    aliases: tuple[Text, ...] = ()
    credits: Range | None = None
    months_full_time: Range | None = None
    months_part_time: Range | None = None
    usd_per_year: Range | None = None
    cost_note: str | None = None
    prior_level: Id | None = None  # the level asked for admission
    prior_field: Id | None = None  # and its field, where one is asked
    prior_license: Id | None = None  # a licence asked for admission
    admission: Text | None = None
    accreditors: tuple[Id, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    confidence: Confidence
    conflicts: tuple[Text, ...] = ()
    sources: Cited


class Accreditor(Strict):
    id: Id
    name: Text
    note: str | None = None
    sources: tuple[Id, ...] = ()


class Kind(Strict):
    """A kind of experience; ``within``: the broader kinds that it is also."""

    id: Id
    label: Text
    within: tuple[Id, ...] = ()
    aliases: tuple[Text, ...] = ()


class Setting(Strict):
    """Where a post is. ``kinds``: what any post there gives; ``health`` False: outside health care."""

    id: Id
    label: Text
    aliases: tuple[Text, ...] = ()
    kinds: tuple[Id, ...] = ()
    health: bool = True


class Named(Strict):
    """A word of the vocabulary that needs only a name."""

    id: Id
    label: Text
    aliases: tuple[Text, ...] = ()
    within: tuple[Id, ...] = ()


class Organization(Strict):
    id: Id
    label: Text
    url: str | None = None
    aliases: tuple[Text, ...] = ()


class StatementFacts(Strict):
    """Something only the person (or a board) can say."""

    id: Id
    question: Text
    usual: bool = False
    ask: Text | None = None  # a board or issuer that can answer, when the person cannot
    paid: bool = False  # one applies and pays for it
    delicate: bool | None = None  # of record, health, citizenship and the like: it may be left unsaid


class PostGrant(Strict):
    """A kind of experience that a field of a post gives, whatever the role."""

    field: Literal["supervises", "manages_budget", "administrator_of_record"]
    kinds: Cited
    in_health: tuple[Id, ...] = ()  # given as well when the post is in health care
    only_in: tuple[Id, ...] = ()  # asked about only in these settings
    decides: bool = False  # an answer of none takes back what the role would give
    needs: Literal["supervises"] | None = None  # another field without which it gives nothing
    question: Text


class TrainingKind(Named):
    """A kind of training. ``in_degree``: part of a degree, so nobody takes it by itself; ``school``: it is paid for."""

    in_degree: bool = False
    school: bool = False


class Vocabulary(Strict):
    """vocabulary.yaml but for its statements, of which there are many: the words that all other files use."""

    states: dict[StateCode, Text]
    ladder: tuple[Named, ...]  # levels of roles, entry first
    kinds: tuple[Kind, ...]
    settings: tuple[Setting, ...]
    post_grants: tuple[PostGrant, ...]
    breaks: tuple[Text, ...]  # titles that are career breaks, not posts
    organizations: tuple[Organization, ...]
    topics: tuple[Named, ...]
    learning_kinds: tuple[Named, ...]
    training: tuple[TrainingKind, ...]
    courses: tuple[Named, ...]
    membership_types: tuple[Named, ...]
    volunteering: tuple[Named, ...]
    references: tuple[Named, ...]
    delicate_words: tuple[Text, ...]  # a statement that has one says whether it is delicate


class TitleParts(Strict):
    """How people write job titles: words beside the name of a post, short forms, and slips, which make a guess.

    ``deed_endings``: of words that tell what is done with a post, and make a guess too; all but ``no_deeds``.
    """

    grades: tuple[Text, ...]
    other_posts: tuple[Text, ...]
    deed_endings: tuple[Text, ...] = ()
    no_deeds: tuple[Text, ...] = ()
    spellings: dict[Text, Text]
    slips: dict[Text, Text]


class Covers(Strict):
    """Which findings belong to a step of the pathway."""

    kinds: Cited
    levels: tuple[Id, ...] = ()  # for degrees: the levels asked
    no_level: bool = False  # also what speaks of education without a level
    targets: tuple[Literal["role", "certification", "license"], ...] = ()


class Step(Strict):
    id: Id
    title: Text
    text: Text
    examples: tuple[Text, ...] = ()
    optional: bool = False  # shown only when the target has something in it
    covers: tuple[Covers, ...]
    sources: Cited


class Described(Strict):
    """A workplace or a concentration, in the article's words and newer ones."""

    id: Id
    label: Text
    text: Text
    sources: Cited


class SkillFacts(Strict):
    """A skill or a duty of these managers, the O*NET elements that fit it, and how to show and to build it."""

    id: Id
    label: Text
    text: Text
    onet_elements: tuple[Text, ...] = ()
    show_by: tuple[Text, ...] = ()
    build_by: tuple[Text, ...] = ()
    sources: Cited


class Pathway(Strict):
    """pathway.yaml: the manager pathway of the founding article."""

    steps: tuple[Step, ...]
    skills: tuple[SkillFacts, ...]
    duties: tuple[SkillFacts, ...]
    workplaces: tuple[Described, ...]
    concentrations: tuple[Described, ...]  # of the MPH
