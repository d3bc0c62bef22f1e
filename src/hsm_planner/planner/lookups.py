"""What the entries say: the part of an answer that is the same for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.describe import TREE_WORDS, programme_facts
from hsm_planner.engine.items import license_of
from hsm_planner.engine.outlook import growth_of, growth_words, newest_pay, own_employers
from hsm_planner.knowledge.asked import TARGET, Part
from hsm_planner.knowledge.models import License, Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.knowledge.words import Described, SkillFacts
from hsm_planner.planner.excerpts import Wanted, excerpts
from hsm_planner.planner.facts import Credential, title_of
from hsm_planner.planner.goals import asks_credential, roles_asking
from hsm_planner.planner.least import LICENSED, NO_DEGREE, UNREAD, group_of
from hsm_planner.planner.takers import namers
from hsm_planner.planner.told import MOST_NAMED, Told, lead, names, say, unknown
from hsm_planner.requirements.base import listed
from hsm_planner.requirements.credentials import CertificationLeaf, LicenseLeaf
from hsm_planner.requirements.plain import StatementLeaf, UnreadLeaf
from hsm_planner.requirements.rules import Rule, concerning, standing, walk
from hsm_planner.values.dates import Date

_ALL = 99
_LICENCES = Wanted(words=("licen",))
_CREDENTIAL = (CertificationLeaf, LicenseLeaf)


class Lookups:
    """Looks up parts of answers. ``targets``: what a question is about; families stand for the licence of the state."""

    def __init__(self, knowledge: Knowledge, targets: tuple[str, ...], state: str | None, as_of: Date) -> None:
        self.knowledge, self.targets, self.state, self.as_of = knowledge, targets, state, as_of

    # -- entries ---------------------------------------------------------------------------------------------------

    def ids(self, part: Part) -> tuple[str, ...]:
        """The names of the entries that a part is about."""
        if part.named_first and self.targets:
            return self.targets
        found = [name for one in part.of for name in (self.targets if one == TARGET else (one,))]
        return tuple(dict.fromkeys(found))

    def entries(self, part: Part) -> Iterator[Entry | Told]:
        """The entries of a part; of a family of licences that of the state, or what is missing for it."""
        ids = self.ids(part)
        if not ids:
            yield unknown("What it is about: name it in the question, or add --target.")
        for name in ids:
            yield self._entry(name)

    def credentials(self, part: Part) -> Iterator[Credential | Told]:
        """The same, with the credentials that the law asks for a post in the place of the post."""
        for entry in self.entries(part):
            if not isinstance(entry, Role):
                yield entry
                continue
            below = list(self.below(entry))
            yield from below or self.asked_of_some(entry)

    def _entry(self, name: str) -> Entry | Told:
        entry: Entry | None = self.knowledge.certification(name) or self.knowledge.role(name)
        entry = entry or license_of(self.knowledge, name, self.state)
        if entry is not None:
            return entry
        label = self.knowledge.vocabulary.label("credential", name)
        if self.state is None:
            return unknown(f"{label}: the rule is each state's own; add --state, or a profile with a state.")
        return unknown(f"{label}: we have no rule of {self.knowledge.words.states[self.state]}.")

    def below(self, role: Role) -> Iterator[Credential | Told]:
        """The credentials that the law asks of everybody in a post."""
        for name in self.asked_of_all(role):
            found = self._entry(name)
            if not isinstance(found, Role):
                yield found

    def asked_of_all(self, role: Role) -> list[str]:
        """Their ids, those of families too, on the day and in the state."""
        rule = standing(self.knowledge.role_rules(role)["required"], self.as_of, self.state)
        return [] if rule is None else [name for name in _named(rule) if asks_credential(rule, frozenset({name}))]

    def posts_asking(self, name: str) -> list[Role]:
        """The posts of which the law asks a credential of everybody, on the day and in the state."""
        known = self.knowledge.vocabulary.credentials
        ids = {name, known[name].family} if name in known else {name}
        roles = [role for one in self.knowledge.ids("roles", "roles") if (role := self.knowledge.role(one))]
        return [role for role in roles if ids.intersection(self.asked_of_all(role))]

    def asked_of_some(self, role: Role) -> Iterator[Told]:
        """What is known of licences for a post where the law that we read asks none of everybody."""
        whole = self.knowledge.role_rules(role)["required"]
        rule = standing(whole, self.as_of, self.state)
        leaves = [] if rule is None else list(concerning(rule, self.as_of, self.state))
        named = [] if rule is None else [self.knowledge.vocabulary.label("credential", name) for name in _named(rule)]
        said = [leaf for leaf in leaves if isinstance(leaf, StatementLeaf) and _LICENCES.speaks(leaf.text)]
        named += dict.fromkeys(leaf.text for leaf in said)  # licences that the data has no entry of
        unread = [leaf for leaf in leaves if isinstance(leaf, UnreadLeaf)]
        open_ = [leaf for leaf in unread if leaf.about == "license"]
        by_state = [
            node for node in walk(whole) if node.when is not None and (node.when.states or node.when.not_states)
        ]
        if by_state and self.state is None and (named or open_):
            some = f"; for some it is named: {'; '.join(named)}" if named else ""
            text = f"whether the law asks a licence or certification differs by state{some}"
            yield unknown(f"{role.title}: {text}. Add --state, or a profile with a state.", role.sources)
            return
        if named:
            naming = [*said, *(leaf for leaf in leaves if isinstance(leaf, _CREDENTIAL))]
            sources = [source for leaf in naming for source in leaf.sources]
            text = f"the law that we read names, for some or as one of several ways: {'; '.join(named)}"
            yield say(f"{role.title}: {text}.", sources)
        for leaf in open_:
            yield unknown(f"{role.title}, not read: {leaf.text}. Ask: {leaf.ask or role.ask}.", leaf.sources)
        if not named and not open_:
            gap = "; parts of it were not read" if unread else ""
            text = f"the law that we read asks no licence or certification of everybody{gap}."
            yield unknown(f"{role.title}: {text} Ask: {role.ask}.", role.sources)
        for node in by_state:
            if self.state is not None and node.when and self.state in node.when.states and node.note:
                yield say(f"{role.title}: {node.note}", node.sources)

    # -- rules -----------------------------------------------------------------------------------------------------

    def rules(self, part: Part) -> Iterator[Told]:
        """What is asked, tree by tree; of posts also by the credentials that their law asks of everybody."""
        entries = list(self.entries(part))
        below = [one for entry in entries if isinstance(entry, Role) for one in self.below(entry)]
        for one in {one.text if isinstance(one, Told) else one.id: one for one in (*entries, *below)}.values():
            if isinstance(one, Told):
                yield one
            else:
                yield from self._rule(one, part, alone=not (isinstance(one, Role) and below))

    def _rule(self, entry: Entry, part: Part, *, alone: bool) -> Iterator[Told]:
        wanted = Wanted(part.kinds, part.words)
        found = list(excerpts(self.knowledge, entry, wanted, self.as_of, self.state, depth=1))
        for one in found:
            if one.told:
                yield lead(f"{title_of(self.knowledge, entry)}. {TREE_WORDS[one.name]}:")
                yield from one.told
        notes = self._notes(entry, wanted)
        yield from notes
        if alone and not any(one.told for one in found) and not notes:
            gap = "; parts of it were not read" if any(one.unread for one in found) else ""
            then = "That is silence: no yes and no no." if wanted.words else f"Ask: {entry.ask}."
            text = f"{title_of(self.knowledge, entry)}: nothing of this is in the rule that we read{gap}. {then}"
            yield unknown(text, entry.sources)

    def _notes(self, entry: Entry, wanted: Wanted) -> list[Told]:
        """What is said of some words beside the rule, and what is said not to have been found."""
        if not wanted.words:
            return []
        told = [*entry.notes, *entry.conflicts]
        title = title_of(self.knowledge, entry)
        told += [entry.reciprocity] if isinstance(entry, License) and entry.reciprocity else []
        found = [say(f"{title}: {text}", entry.sources) for text in told if wanted.speaks(text)]
        found += [
            unknown(f"{title}, not found: {text} Ask: {entry.ask}.", entry.sources)
            for text in entry.gaps
            if wanted.speaks(text)
        ]
        return found

    # -- degrees and posts -----------------------------------------------------------------------------------------

    def degrees(self, part: Part) -> Iterator[Told]:
        for name in part.of:
            programme = self.knowledge.programme(name)
            if programme is not None:
                text = "; ".join(programme_facts(self.knowledge.vocabulary, programme))
                yield say(f"{programme.name}: {text}", programme.sources)

    def levels(self, part: Part) -> Iterator[Told]:
        """Roles from supervisor on, by the least degree on the easiest way in; apart, those that a licence decides."""
        del part
        ladder = [rung.id for rung in self.knowledge.words.ladder]
        order = list(self.knowledge.level_ids())
        groups: dict[str, list[Role]] = {}
        for name in self.knowledge.ids("roles", "roles"):
            role = self.knowledge.role(name)
            if role is not None and ladder.index(role.level) > 0:
                groups.setdefault(group_of(self.knowledge, role, order, self.as_of, self.state), []).append(role)
        labels = {
            NO_DEGREE: "no degree on some way in",
            LICENSED: "a licence or certification decides, whose own rule may ask for a degree",
            UNREAD: "not known: the part of the rule that would say so was not read",
        }
        for group in (NO_DEGREE, *order, LICENSED, UNREAD):
            roles = groups.get(group, [])
            if roles:
                label = labels.get(group) or self.knowledge.vocabulary.label("level", group)
                sources = [source for role in roles for source in role.sources[:1]]
                text = f"{label}: {names((role.title for role in roles), most=_ALL)}"
                yield (unknown if group == UNREAD else say)(text, sources[:MOST_NAMED])

    def pay(self, part: Part) -> Iterator[Told]:
        """The newest median pay of posts by their occupation; of a credential that of the posts that ask it."""
        told: dict[str, list[str]] = {}
        settings: dict[str, set[str]] = {}
        main: set[str] = set()
        for name in self.ids(part):
            role = self.knowledge.role(name)
            roles = [role] if role is not None else self._opened_by(name)
            for one in roles:
                main.update(one.occupations[:1])
                for code in one.occupations:
                    told.setdefault(code, []).append(one.title)
                    settings.setdefault(code, set()).update(one.settings)
            if not any(one.occupations for one in roles):
                title = role.title if role is not None else self.knowledge.vocabulary.label("credential", name)
                yield unknown(f"{title}: pay is known of posts, by occupation; name a post, or see hsm-plan outlook.")
        for code, titles in told.items():
            row = next(iter(newest_pay(self.knowledge, code, "national")), None)
            if row is None or row.median is None:
                yield unknown(f"{listed(titles)}: no figure of pay was found.")
                continue
            text = f"{listed(titles)}: half earned more than ${row.median:,} a year ({row.vintage}, United States)"
            apart = "; the figures do not tell these posts apart" if len(titles) > 1 else ""
            some = "" if code in main else ", where some of these posts are counted"
            yield say(f"{text}, in the whole occupation {code}{some}{apart}", [row.source])
            for own in own_employers(self.knowledge, code, settings[code]):
                half = f"half earned more than ${own.median:,} a year ({own.vintage})"
                yield say(f"Where such posts are held: {own.area}: {half}", [own.source], 1)

    def growth(self, part: Part) -> Iterator[Told]:
        """How the occupations of posts grow, by each edition of the projections that we have, the newest first."""
        codes: dict[str, list[str]] = {}
        main: set[str] = set()
        for name in self.ids(part):
            role = self.knowledge.role(name)
            for one in [role] if role is not None else self._opened_by(name):
                main.update(one.occupations[:1])
                for code in one.occupations or ("",):
                    codes.setdefault(code, []).append(one.title)
        titles = {one.id: one.title for one in self.knowledge.labor.occupations}
        for code, posts in codes.items():
            editions = growth_of(self.knowledge, code)
            if not editions:
                yield unknown(f"{listed(posts)}: no projection of its occupation was found.")
                continue
            some = "" if code in main else "some posts of "
            title = f"{titles.get(code, code)} ({code}), the occupation of {some}{listed(posts)}"
            yield lead(f"{title}; the whole country:")
            yield from (say(growth_words(one), one.sources, 1) for one in editions)
        if not codes:
            yield unknown("Growth is known of posts, by occupation; name a post, or see hsm-plan outlook.")

    def namers(self, part: Part) -> Iterator[Told]:
        """Which posts and credentials name a certification or licence; of a post those that people move on to."""
        for name in self.ids(part):
            role = self.knowledge.role(name)
            if role is None:
                yield from namers(self.knowledge, name, self.as_of, self.state)
                continue
            onward = {edge.role: edge.sources for edge in role.next_roles}
            titles = [further.title for id_ in onward if (further := self.knowledge.role(id_)) is not None]
            sources = [source for found in onward.values() for source in found]
            if titles:
                yield say(f"{role.title}: people move on from there to {names(titles, most=_ALL)}", sources)
            else:
                yield unknown(f"{role.title}: where people move on to was not found. Ask: {role.ask}.", role.sources)

    def described(self, part: Part) -> Iterator[Told]:
        """The duties, workplaces or skills of these managers, as the pathway describes them."""
        pathway = self.knowledge.pathway
        found: dict[str, tuple[Described | SkillFacts, ...]] = {
            "duties": pathway.duties, "workplaces": pathway.workplaces, "skills": pathway.skills,
        }  # fmt: skip
        yield from (say(f"{one.label}: {one.text}", one.sources) for one in found[part.show])

    def _opened_by(self, name: str) -> list[Role]:
        """The posts that nobody may begin in without a credential."""
        family = [one.id for one in self.knowledge.vocabulary.credentials.values() if one.family == name]
        entry = next((found for id_ in (name, *family) if (found := self.knowledge.credential(id_))), None)
        return list(roles_asking(self.knowledge, entry)) if entry is not None else []

    def grants(self, part: Part) -> Iterator[Told]:
        """Which posts count as a kind of experience, and how surely."""
        how = {
            "sourced": ("by the sources", say),
            "definition": ("by what the post itself is", say),
            "editorial": ("in our own view, to be confirmed with who asks it", unknown),
        }
        roles = [role for name in self.knowledge.ids("roles", "roles") if (role := self.knowledge.role(name))]
        for kind in part.of:
            label = self.knowledge.vocabulary.label("kind", kind)
            for basis, (words, form) in how.items():
                found = [(role, one) for role in roles for one in role.grants if (one.kind, one.basis) == (kind, basis)]
                if found:
                    sources = dict.fromkeys(source for _, grant in found for source in grant.sources[:1])
                    text = f"{label}, {words}: {names((role.title for role, _ in found), most=_ALL)}"
                    yield form(text, list(sources)[:MOST_NAMED])


def _named(rule: Rule) -> list[str]:
    """The certifications and licences that a rule names, each once."""
    return list(dict.fromkeys(node.credential for node in walk(rule) if isinstance(node, _CREDENTIAL)))
