"""Checks of the vocabulary and of names: what words point to, their orders, and that each means one thing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hsm_planner.knowledge.references import words_of
from hsm_planner.knowledge.store import plain
from hsm_planner.knowledge.yamlfile import DataPath, Document
from hsm_planner.requirements.vocabulary import ancestors
from hsm_planner.values.problems import Problem, did_you_mean


class WordChecker:
    """Collects problems of the words of all data files."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.documents = documents
        self.problems: list[Problem] = []
        self.words = words_of(documents)

    def say(self, section: str, code: str, message: str, path: DataPath, hint: str = "") -> None:
        self.problems.append(self.documents[section].problem(code, message, path, hint=hint))

    def word(self, section: str, sort: str, word: object, path: DataPath) -> None:
        known = self.words[sort]
        if not isinstance(word, str) or word in known:
            return
        hint = did_you_mean(word, known)
        self.say(section, "unknown-id", f"there is no {sort} {word!r}.", path, hint)

    def aliases(self) -> None:
        """Within one list of the vocabulary a name means one thing."""
        data = self.documents["vocabulary"].data
        lists = [("vocabulary", key, items) for key, items in data.items() if isinstance(items, list)]
        lists += [("degrees", "fields", self.documents["degrees"].data["fields"])]
        for section, key, items in lists:
            owner: dict[str, str] = {}
            for index, item in enumerate(items):
                if not isinstance(item, dict) or "id" not in item:
                    continue
                for name in dict.fromkeys(plain(text) for text in (item["id"], *item.get("aliases", ()))):
                    if owner.setdefault(name, item["id"]) != item["id"]:
                        text = f"the name {name!r} means both {owner[name]!r} and {item['id']!r}."
                        self.say(section, "two-meanings", text, (key, index), "Keep it for one of them.")

    def orders(self) -> None:
        """Kinds, fields and topics point to broader ones that exist, and never in a circle."""
        vocabulary, degrees = self.documents["vocabulary"].data, self.documents["degrees"].data
        for section, key, data in (
            ("vocabulary", "kinds", vocabulary),
            ("vocabulary", "topics", vocabulary),
            ("degrees", "fields", degrees),
        ):
            parents = {item["id"]: tuple(item.get("within", ())) for item in data[key]}
            for index, item in enumerate(data[key]):
                for place, broader in enumerate(item.get("within", ())):
                    if broader not in parents:
                        text = f"there is no {broader!r} among the {key}."
                        self.say(
                            section, "unknown-id", text, (key, index, "within", place), did_you_mean(broader, parents)
                        )
                if any(item["id"] in ancestors(broader, parents) for broader in parents[item["id"]]):
                    self.say(section, "cycle", f"{item['id']!r} lies within itself.", (key, index))
        for index, level in enumerate(degrees["levels"]):
            for place, lower in enumerate(level["satisfies"]):
                self.word("degrees", "level", lower, ("levels", index, "satisfies", place))
            if level["id"] not in level["satisfies"]:
                self.say("degrees", "bad-level", f"{level['id']!r} does not satisfy itself.", ("levels", index))
        for index, grant in enumerate(vocabulary["post_grants"]):
            for key in ("kinds", "in_health"):
                for place, kind in enumerate(grant.get(key, ())):
                    self.word("vocabulary", "kind of experience", kind, ("post_grants", index, key, place))
            for place, setting in enumerate(grant.get("only_in", ())):
                self.word("vocabulary", "setting", setting, ("post_grants", index, "only_in", place))
        for index, setting in enumerate(vocabulary["settings"]):
            for place, kind in enumerate(setting.get("kinds", ())):
                self.word("vocabulary", "kind of experience", kind, ("settings", index, "kinds", place))
        for index, name in enumerate(degrees["names"]):
            self.word("degrees", "level", name["level"], ("names", index, "level"))
            self.word("degrees", "field", name["field"], ("names", index, "field"))
        for index, programme in enumerate(degrees["programmes"]):
            self.word("degrees", "level", programme["level"], ("programmes", index, "level"))
            self.word("degrees", "field", programme["field"], ("programmes", index, "field"))
            self.word("degrees", "level", programme.get("prior_level"), ("programmes", index, "prior_level"))
            self.word("degrees", "field", programme.get("prior_field"), ("programmes", index, "prior_field"))
            for place, name in enumerate(programme.get("accreditors", ())):
                self.word("degrees", "accreditor", name, ("programmes", index, "accreditors", place))
            for place, bridge in enumerate(programme.get("bridges", ())):
                here = ("programmes", index, "bridges", place)
                self.word("degrees", "credential", bridge.get("from_license"), (*here, "from_license"))
                for number, level in enumerate(bridge.get("from_levels", ())):
                    self.word("degrees", "level", level, (*here, "from_levels", number))

    def delicate(self) -> None:
        """Whether something may hurt to be asked is said, never left to a guess of its words."""
        vocabulary = self.documents["vocabulary"].data
        begun = re.compile(rf"\b(?:{'|'.join(map(re.escape, vocabulary['delicate_words']))})", re.IGNORECASE)
        for index, item in enumerate(vocabulary["statements"]):
            if (found := begun.search(item["question"])) and item.get("delicate") is None:
                text = f"{item['id']!r} speaks of {found[0]!r}, and does not say whether it is delicate."
                hint = "Add `delicate: true` (it may be left unsaid), or `delicate: false`."
                self.say("vocabulary", "unmarked", text, ("statements", index), hint)

    def families(self) -> None:
        """A family has one licence a state, and a state's own word on the compact is that of the list."""
        seen: dict[tuple[str, str | None], str] = {}
        for index, entry in enumerate(self.documents["licenses"].data["licenses"]):
            key = (entry["family"], entry.get("state"))
            if key in seen:
                text = f"{entry['id']!r} and {seen[key]!r} are the same state's licence."
                self.say("licenses", "duplicate-id", text, ("licenses", index, "id"))
            seen[key] = entry["id"]
            for place, rule in enumerate(entry.get("states", ())):
                if bool(rule.get("compact", False)) != (rule["state"] in entry.get("compact", ())):
                    text = f"{rule['state']} is in the compact here or in the list, not in both."
                    self.say("licenses", "clash", text, ("licenses", index, "states", place))

    def target_names(self) -> None:
        """A name means one role, certification, family of licences or degree; or a post and the licence for it."""
        families = {entry["family"] for entry in self.documents["licenses"].data["licenses"]}
        pairs: set[tuple[str, str]] = set()
        for index, one in enumerate(self.documents["titles"].data["post_and_licence"]):
            pairs.add((one["role"], one["family"]))
            self.word("titles", "role", one["role"], ("post_and_licence", index, "role"))
            if one["family"] not in families:
                text = f"there is no family of licences {one['family']!r}."
                hint = did_you_mean(one["family"], families)
                self.say("titles", "unknown-id", text, ("post_and_licence", index, "family"), hint)
        owner: dict[str, tuple[str, str]] = {}
        for section, list_ in (
            ("roles", "roles"),
            ("certifications", "certifications"),
            ("licenses", "licenses"),
            ("degrees", "programmes"),
        ):
            for index, entry in enumerate(self.documents[section].data[list_]):
                here = (section, entry.get("family", entry["id"]))
                names = [entry["id"], entry.get("title") or entry["name"], entry.get("abbreviation")]
                names += [*entry.get("general_names", ()), *entry.get("aliases", ())]
                for name in dict.fromkeys(plain(text) for text in names if text):
                    first = owner.setdefault(name, here)
                    if first != here and (first[1], here[1]) not in pairs:
                        text = f"the name {name!r} means both {first[1]!r} and {here[1]!r}."
                        hint = "Keep it for one, or name both in `post_and_licence` of titles.yaml."
                        self.say(section, "two-meanings", text, (list_, index), hint)

    def state_names(self) -> None:
        """No licence of a state is called by the name of another."""
        states = self.documents["vocabulary"].data["states"]
        for index, entry in enumerate(self.documents["licenses"].data["licenses"]):
            own = states.get(entry.get("state"), "")
            others = [name for name in states.values() if own and name not in own]
            for place, alias in enumerate(entry.get("aliases", ())):
                if other := next((one for one in others if re.search(rf"\b{one}\b", alias.replace(own, ""))), None):
                    text = f"{entry['id']!r} is called {alias!r}, by the name of {other}."
                    hint = f"Keep it for the licence of {other}."
                    self.say("licenses", "two-meanings", text, ("licenses", index, "aliases", place), hint)

    def shared_names(self) -> None:
        """Names that are always asked mean roles that exist, and are nowhere a name of one role alone."""
        own = {
            plain(name)
            for entry in self.documents["roles"].data["roles"]
            for name in (entry["title"], *entry.get("aliases", ()), *entry.get("general_names", ()))
        }
        for index, shared in enumerate(self.documents["titles"].data["shared_names"]):
            path: DataPath = ("shared_names", index)
            for place, role in enumerate(shared["roles"]):
                self.word("titles", "role", role, (*path, "roles", place))
            if plain(shared["name"]) in own:
                text = f"the name {shared['name']!r} is a name of one role as well."
                self.say("titles", "two-meanings", text, (*path, "name"), "Keep it in one place.")
