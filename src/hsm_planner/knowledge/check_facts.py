"""Checks of facts that have the right form and cannot be right: dates that overlap or leave a gap, lost ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from hsm_planner.knowledge.asked import TARGET
from hsm_planner.knowledge.check_ranges import RangeChecker
from hsm_planner.knowledge.references import walk
from hsm_planner.knowledge.yamlfile import DataPath, Document
from hsm_planner.values.problems import did_you_mean

_DAY = dt.timedelta(days=1)


class _Version:
    """A node of a rule that is in force for some days only."""

    def __init__(self, index: int, node: Mapping[str, Any]) -> None:
        self.index = index
        self.id: str = node["id"]
        self.kind: str = node["kind"]
        self.bounded = "effective_until" in node
        self.begins = dt.date.fromisoformat(node.get("effective_from", dt.date.min.isoformat()))
        self.ends = dt.date.fromisoformat(node.get("effective_until", dt.date.max.isoformat()))


class FactChecker(RangeChecker):
    """Collects problems of dates, addresses and ids."""

    def _asked(self) -> None:
        """What a question looks up is there: an entry, family of licences, degree, training or kind of experience."""
        degrees, vocabulary = self.documents["degrees"].data, self.documents["vocabulary"].data
        known = {
            TARGET,
            *(one["id"] for one in (*degrees["programmes"], *vocabulary["kinds"], *vocabulary["training"])),
        }
        for section in ("roles", "certifications", "licenses"):
            known |= {one["id"] for one in self.documents[section].data[section]}
        known |= {one["family"] for one in self.documents["licenses"].data["licenses"]}
        data = self.documents["questions"].data
        for path, name in _looked_up(data):
            if name not in known:
                text = f"there is no entry {name!r} to look up."
                self.say("questions", "unknown-id", text, path, did_you_mean(name, known))
        ideas = {idea["id"] for idea in data["wording"]["ideas"]}
        questions = {question["id"] for question in data["questions"]}
        for path, name, there, what in _named_in(data, ideas, questions):
            if name not in there:
                self.say("questions", "unknown-id", f"there is no {what} {name!r}.", path, did_you_mean(name, there))

    def effective_dates(self) -> None:
        """Of the versions of one thing that follow each other, one is in force on each day."""
        for section in ("roles", "certifications", "licenses"):
            for key, value, path in walk(self.documents[section].data, ()):
                if key == "of" and isinstance(value, list):
                    dated = [_Version(index, one) for index, one in enumerate(value) if _dated(one)]
                    for kind in dict.fromkeys(one.kind for one in dated):
                        versions = sorted((one for one in dated if one.kind == kind), key=lambda one: one.begins)
                        self._one_a_day(section, path, versions)

    def _one_a_day(self, section: str, path: DataPath, versions: list[_Version]) -> None:
        """The versions in the order in which they begin: none begins before, or long after, those before it end."""
        for number, second in enumerate(versions[1:], 1):
            before = versions[:number]
            there = (*path, second.index)
            for first in (one for one in before if one.bounded or second.bounded):
                if second.begins <= first.ends:
                    text = f"{first.id!r} and {second.id!r} are both in force for a time."
                    self.say(section, "overlap", text, there, "Let the first end the day before the second begins.")
            last = max(before, key=lambda one: one.ends)
            if last.ends < second.begins - _DAY:
                text = (
                    f"between {last.id!r} (until {last.ends}) and {second.id!r} (from {second.begins}) nothing holds."
                )
                self.say(section, "gap", text, there, "Let the second begin the day after the first ends.")

    def sites(self) -> None:
        """No source lies on a site that is never cited."""
        data = self.documents["sources"].data
        for index, source in enumerate(data["sources"]):
            host = (urlsplit(source.get("url") or "").hostname or "").removeprefix("www.")
            kept = {part.removeprefix("www.") for part in (source.get("url") or "").split("/")}  # in an archive
            if any(host.endswith(f".{site}") or site in {host, *kept} for site in data["never_cited"]):
                text = f"{source['url']} is of a site that invents rules and is never a source."
                self.say("sources", "banned-site", text, ("sources", index, "url"), "Find the issuer's own page.")

    def read_dates(self) -> None:
        """No source speaks of a day after it was read."""
        for index, source in enumerate(self.documents["sources"].data["sources"]):
            as_of, read = str(source["as_of"] or ""), str(source["read_on"])
            if as_of > read[: len(as_of)]:
                text = f"as_of {as_of} lies after read_on {read}."
                self.say("sources", "out-of-range", text, ("sources", index, "as_of"), "Look at both dates.")

    def cited_figures(self) -> None:
        """Each price and each renewal names where it was read."""
        for section in ("certifications", "licenses"):
            for key, value, path in walk(self.documents[section].data, ()):
                figures = [(path, value)] if key == "renewal" and isinstance(value, dict) else []
                figures += [((*path, at), fee) for at, fee in enumerate(value)] if key == "fees" else []
                for place, figure in figures:
                    if not figure.get("sources"):
                        what = figure.get("id", key)
                        text = f"{what!r} cites no source."
                        self.say(section, "uncited", text, place, "Add `sources: [...]`.")

    def employers(self, areas: set[str]) -> None:
        """Kinds of employer are those of the wage tables, and their settings those of the vocabulary."""
        for index, one in enumerate(self.documents["labor"].data["employers"]):
            if one["name"] not in areas:
                text = f"no row of wages.csv is of {one['name']!r}."
                self.say("labor", "unknown-id", text, ("employers", index, "name"), did_you_mean(one["name"], areas))
            for place, setting in enumerate(one["settings"]):
                self.word("labor", "setting", setting, ("employers", index, "settings", place))

    def ladder(self) -> None:
        """Every role above the first rung can be reached from another, and none leads to itself."""
        roles = self.documents["roles"].data["roles"]
        first = self.documents["vocabulary"].data["ladder"][0]["id"]
        reached = {edge["role"] for role in roles for edge in role.get("next_roles", ()) if edge["role"] != role["id"]}
        for index, role in enumerate(roles):
            if role["level"] != first and role["id"] not in reached and "entered_from" not in role:
                text = f"no role leads to {role['id']!r}."
                self.say(
                    "roles",
                    "unreachable",
                    text,
                    ("roles", index),
                    "Name it under next_roles of another role, or write `entered_from`.",
                )
            for place, edge in enumerate(role.get("next_roles", ())):
                if edge["role"] == role["id"]:
                    path: DataPath = ("roles", index, "next_roles", place)
                    self.say("roles", "cycle", f"{role['id']!r} leads to itself.", path)

    def released(self, document: Document, nodes: Iterable[str]) -> None:
        """Ids of rules that others may hold on to are still there, or named as retired."""
        data, there = document.data, set(nodes)
        for index, id_ in enumerate(data["nodes"]):
            if id_ not in there and id_ not in data["retired"]:
                text = f"the node {id_!r} of {data['version']} is no longer in the data."
                hint = "Give it its id back, or put it under `retired` with the id that takes its place (or null)."
                self.problems.append(document.problem("lost-id", text, ("nodes", index), hint=hint))


def _dated(node: Any) -> bool:
    return isinstance(node, Mapping) and ("effective_from" in node or "effective_until" in node)


def _looked_up(data: Mapping[str, Any]) -> Iterator[tuple[DataPath, str]]:
    """The entries that questions look up, and that everyday names stand for."""
    for number, named in enumerate(data["wording"]["called"]):
        for place, name in enumerate(named["of"]):
            yield ("wording", "called", number, "of", place), name
    for number, question in enumerate(data["questions"]):
        for key in ("only_of", "comes_from"):
            for place, name in enumerate(question.get(key, ())):
                yield ("questions", number, key, place), name
        for index, part in enumerate(question["parts"]):
            for place, name in enumerate(part.get("of", ())):
                yield ("questions", number, "parts", index, "of", place), name


def _named_in(
    data: Mapping[str, Any], ideas: set[str], questions: set[str]
) -> Iterator[tuple[DataPath, str, set[str], str]]:
    """The ideas and the other questions that questions name, with where these have to be."""
    yield ("wording", "from_to"), data["wording"]["from_to"], ideas, "idea"
    for number, question in enumerate(data["questions"]):
        for place, together in enumerate(question.get("means", ())):
            for index, name in enumerate(together):
                yield ("questions", number, "means", place, index), name, ideas, "idea"
        if "instead" in question:
            yield ("questions", number, "instead"), question["instead"], questions, "question"
