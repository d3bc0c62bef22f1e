"""The neutral problem, as ``plan --dump`` writes it, as a model of OR-tools CP-SAT: a second opinion on the search.

It reads the JSON alone and knows none of the package's code. Each mode has a start of its own, linked to that of its
activity when it is chosen: models that share one start among modes have been seen to end one month too late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ortools.sat.python import cp_model

Dump = Mapping[str, Any]


class Model:
    """One problem; ``best`` gives the key of its optimum."""

    def __init__(self, problem: Dump) -> None:
        self.problem = problem
        self.horizon: int = problem["horizon"]
        self.model = cp_model.CpModel()
        self.finish = self.model.new_int_var(0, self.horizon, "finish")
        self.always = self.model.new_bool_var("always")
        self.model.add(self.always == 1)
        self.activities: dict[str, Dump] = {one["id"]: one for one in problem["activities"]}
        self.chosen: dict[str, Any] = {}
        self.start: dict[str, Any] = {}
        self.end: dict[str, Any] = {}
        self.mode: dict[tuple[str, str], Any] = {}
        self.intervals: list[tuple[Any, Dump]] = []
        self.running: dict[tuple[str, int], Any] = {}
        self.sums: dict[str, list[Any]] = {}
        for one in problem["activities"]:
            self._activity(one)
        self._posts()
        self._resources()
        for one in problem["activities"]:
            needed = self._holds(one["needs"], self.start[one["id"]])
            self.model.add_implication(self.chosen[one["id"]], needed)
        self.model.add(self._holds(problem["goal"], self.finish) == 1)

    # -- activities --------------------------------------------------------------------------------------------------

    def _activity(self, one: Dump) -> None:
        model, name = self.model, one["id"]
        chosen = self.chosen[name] = model.new_bool_var(f"chosen {name}")
        start = self.start[name] = model.new_int_var(0, self.horizon, f"start {name}")
        modes = []
        last = 0 if one["post"] else None
        end = self.end[name] = model.new_int_var(0, 2 * self.horizon, f"end {name}")
        for mode in one["modes"]:
            picked = self.mode[name, mode["id"]] = model.new_bool_var(f"{name} {mode['id']}")
            own = model.new_int_var(0, self.horizon, f"start {name} {mode['id']}")
            months = last if last is not None else mode["months"]
            model.add(start == own).only_enforce_if(picked)
            model.add(end == start + months).only_enforce_if(picked)
            size = months
            self.intervals.append(
                (model.new_optional_interval_var(own, size, own + size, picked, f"{name} {mode['id']}"), mode)
            )
            modes.append(picked)
        model.add(sum(modes) == chosen)
        model.add(start == 0).only_enforce_if(chosen.negated())
        model.add(end == 0).only_enforce_if(chosen.negated())
        model.add(end <= self.finish).only_enforce_if(chosen)
        model.add(start >= one["release"]).only_enforce_if(chosen)
        if one["deadline"] is not None:
            model.add(end <= one["deadline"]).only_enforce_if(chosen)
        if one["starts"] is not None:
            allowed = cp_model.Domain.from_values(one["starts"])
            model.add_linear_expression_in_domain(start, allowed).only_enforce_if(chosen)

    def _posts(self) -> None:
        """Posts follow each other after their least stay; what takes a post's place is not crossed by a new post."""
        posts = [name for name, one in self.activities.items() if one["post"]]
        occupying = [name for name, one in self.activities.items() if one["occupies"]]
        self.later: dict[tuple[str, str], Any] = {}
        for index, one in enumerate(posts):
            for other in posts[index + 1 :]:
                first = self.model.new_bool_var(f"{one} before {other}")
                both = (self.chosen[one], self.chosen[other])
                self.later[one, other], self.later[other, one] = first, first.negated()
                for before, after, order in ((one, other, first), (other, one, first.negated())):
                    stay = max(1, self.activities[before]["modes"][0]["months"])
                    self.model.add(self.start[after] >= self.start[before] + stay).only_enforce_if([order, *both])
        for training in occupying:
            for post in posts:
                early = self.model.new_bool_var(f"{post} has its least stay before {training}")
                both = (self.chosen[training], self.chosen[post])
                stay = max(1, self.activities[post]["modes"][0]["months"])
                self.model.add(self.start[training] >= self.start[post] + stay).only_enforce_if([early, *both])
                self.model.add(self.start[post] >= self.end[training]).only_enforce_if([early.negated(), *both])
        for index, one in enumerate(occupying):
            for other in occupying[index + 1 :]:
                first = self.model.new_bool_var(f"{one} ends before {other}")
                both = (self.chosen[one], self.chosen[other])
                self.model.add(self.end[one] <= self.start[other]).only_enforce_if([first, *both])
                self.model.add(self.end[other] <= self.start[one]).only_enforce_if([first.negated(), *both])

    def _resources(self) -> None:
        for name, limit in self.problem["capacity"].items():
            used = [
                (interval, mode["uses"][name])
                for interval, mode in self.intervals
                if mode["uses"].get(name) and mode["months"]
            ]
            self.model.add_cumulative([interval for interval, _ in used], [amount for _, amount in used], limit)
        for name, limit in self.problem["budget"].items():
            self.model.add(self._sum(lambda mode, name=name: mode["spends"].get(name, 0)) <= limit)

    def _sum(self, value: Any) -> Any:
        """Over the modes picked, each as often as it is paid: once more for each month of ``again`` before the end."""
        return sum(
            (picked + sum(self._paid_again(picked, month) for month in self.activities[name]["again"])) * value(mode)
            for (name, id_), picked in self.mode.items()
            for mode in self.activities[name]["modes"]
            if mode["id"] == id_
        )

    def _paid_again(self, picked: Any, month: int) -> Any:
        key = (f"again {picked.index}", month)
        if key not in self.running:
            self.running[key] = self._both([picked, self._before(self.finish, month).negated()])
        return self.running[key]

    # -- conditions --------------------------------------------------------------------------------------------------

    def _holds(self, condition: Dump, time: Any) -> Any:
        """A literal that can be true only where the condition holds at a time."""
        model = self.model
        found = model.new_bool_var("holds")
        match condition["is"]:
            case "All":
                for child in condition["of"]:
                    model.add_implication(found, self._holds(child, time))
            case "Any" if not condition["of"]:
                model.add(found == 0)
            case "Any":
                model.add_bool_or([self._holds(child, time) for child in condition["of"]]).only_enforce_if(found)
            case "Done":
                name = condition["activity"]
                if name not in self.chosen:
                    return model.new_constant(0)
                model.add_implication(found, self.chosen[name])
                model.add(time - self.end[name] >= condition["lag"]).only_enforce_if(found)
                if condition["within"] is not None:
                    model.add(time - self.end[name] <= condition["within"]).only_enforce_if(found)
            case "Begun":
                name = condition["activity"]
                if name not in self.chosen:
                    return model.new_constant(0)
                model.add_implication(found, self.chosen[name])
                model.add(self.start[name] <= time).only_enforce_if(found)
            case "During":
                model.add(time >= condition["first"]).only_enforce_if(found)
                if condition["last"] is not None:
                    model.add(time <= condition["last"]).only_enforce_if(found)
            case "Amount":
                self._amount(condition, time, found)
            case other:
                raise AssertionError(other)
        return found

    def _amount(self, amount: Dump, time: Any, found: Any) -> None:
        """Month by month: where ``found`` is true and the time is a month, the amount of that month is enough."""
        base: Sequence[int] = amount["base"]
        sums, gate = self._sums(amount), amount["after"]
        for month in range(self.horizon + 1):
            here = [found, self._is(time, month)]
            missing = amount["need"] - base[min(month, len(base) - 1)]
            first = max(0, month - amount["within"]) if amount["within"] is not None else 0
            if gate is None:
                self.model.add(sums[month] - sums[first] >= missing).only_enforce_if(here)
                continue
            if missing > 0:  # nothing counts without the gate, nor before its end
                self.model.add_bool_or(
                    [literal.negated() for literal in here] + [self.chosen[gate]] * (gate in self.chosen)
                )
            for end in range(month + 1) if gate in self.chosen and missing > 0 else ():
                ended = [*here, self._is(self.end[gate], end)]
                self.model.add(sums[month] - sums[max(first, end)] >= missing).only_enforce_if(ended)
            if gate in self.chosen and missing > 0:
                self.model.add(self.end[gate] <= month).only_enforce_if(here)

    def _is(self, time: Any, month: int) -> Any:
        """A literal, equal to whether a time is a month."""
        key = (f"is {time.index}", month)
        if key not in self.running:
            found = self.running[key] = self.model.new_bool_var("is")
            self.model.add(time == month).only_enforce_if(found)
            self.model.add(time != month).only_enforce_if(found.negated())
        return self.running[key]

    def _sums(self, amount: Dump) -> list[Any]:
        """What has been earned from the beginning to each month."""
        key = repr(amount["rates"])
        if key not in self.sums:
            most = sum(rate for _, rate in amount["rates"]) * self.horizon
            sums: list[Any] = [self.model.new_constant(0)]
            for month in range(self.horizon):
                total = self.model.new_int_var(0, most, f"sum {month}")
                earned = sum(rate * self._runs(name, month) for name, rate in amount["rates"])
                self.model.add(total == sums[-1] + earned)
                sums.append(total)
            self.sums[key] = sums
        return self.sums[key]

    def _runs(self, name: str, month: int) -> Any:
        """A literal, equal to whether an earner earns in a month."""
        if (name, month) not in self.running:
            self.running[name, month] = self._earns(name, month)
        return self.running[name, month]

    def _earns(self, name: str, month: int) -> Any:
        posts = [other for other, one in self.activities.items() if one["post"]]
        if name == self.problem["current"]:
            others = [self._begun(other, month) for other in posts]
            return self._both([self._uninterrupted(month), *(other.negated() for other in others)])
        if name not in self.activities:
            return 0
        if not self.activities[name]["post"]:
            return self._both([self._begun(name, month), self._ended(name, month).negated()])
        left = [
            self._both([self._begun(other, month), self.later[name, other]]).negated()
            for other in posts
            if other != name
        ]
        return self._both([self._begun(name, month), self._uninterrupted(month), *left])

    def _uninterrupted(self, month: int) -> Any:
        occupying = [name for name, one in self.activities.items() if one["occupies"]]
        return self._both([self._runs(name, month).negated() for name in occupying])

    def _begun(self, name: str, month: int) -> Any:
        key = (f"begun {name}", month)
        if key not in self.running:
            self.running[key] = self._both([self.chosen[name], self._before(self.start[name], month)])
        return self.running[key]

    def _ended(self, name: str, month: int) -> Any:
        return self._before(self.end[name], month)

    def _before(self, time: Any, month: int) -> Any:
        """A literal, equal to whether a time is not later than a month."""
        found = self.model.new_bool_var("not later")
        self.model.add(time <= month).only_enforce_if(found)
        self.model.add(time > month).only_enforce_if(found.negated())
        return found

    def _both(self, literals: Sequence[Any]) -> Any:
        if not literals:
            return self.always
        found = self.model.new_bool_var("all")
        self.model.add_bool_and(list(literals)).only_enforce_if(found)
        self.model.add_bool_or([found, *(literal.negated() for literal in literals)])
        return found

    # -- the optimum -------------------------------------------------------------------------------------------------

    def best(self, objective: str, seconds: float | None = None) -> tuple[int, ...] | str | None:
        """The optimum, one part of the key after another, to how many activities and their ranks; None: no plan.

        ``seconds``: for each part; a part that is not proven in time makes the answer its status.
        """
        costs = [self._sum(lambda mode, part=part: mode["cost"][part]) for part in ("unpriced", "low", "high")]
        parts = [self.finish, *costs] if objective == "fastest" else [*costs, self.finish]
        parts.append(sum(self.chosen.values()))
        parts.append(sum(one["rank"] * self.chosen[one["id"]] for one in self.problem["activities"]))
        found: list[int] = []
        for part in parts:
            self.model.minimize(part)
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            if seconds is not None:
                solver.parameters.max_time_in_seconds = seconds
            status = solver.solve(self.model)
            if status == cp_model.INFEASIBLE:
                return None
            if status != cp_model.OPTIMAL:
                return solver.status_name(status)
            found.append(round(solver.objective_value))
            self.model.add(part == found[-1])
        return tuple(found)
