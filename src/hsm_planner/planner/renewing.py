"""What is held already and ends: renewed in time, or got back."""

from __future__ import annotations

import math

from hsm_planner.engine.items import license_of
from hsm_planner.engine.renewal import every, renewal_of, titled
from hsm_planner.knowledge.models import Certification, License
from hsm_planner.planner.actions import Action, spends
from hsm_planner.planner.calendar import decision_months
from hsm_planner.planner.future import Effect
from hsm_planner.planner.model import Activity, Cost, Done, Mode
from hsm_planner.planner.ways import CONFIRM, Ways
from hsm_planner.values.dates import Date
from hsm_planner.values.timeline import Credential

_YEAR = 12


class Renewing(Ways):
    """The part of a maker that knows what keeps credentials alive."""

    def _renewal(self, entry: Certification | License, state: str | None, *, serves: bool) -> str | None:
        """Renewing a credential that is in force and ends within the years looked at, or that has lapsed; else None.

        A licence is renewed in the state that gave it: that of the target, or another where it ``serves`` as well.
        """
        ending = [held for held in self.present.credentials or () if held.span.end is not None]
        if isinstance(entry, License):
            family = [held for held in ending if held.family == entry.family]
            own = [held for held in family if held.state == state or state is None]
        else:
            own = family = [held for held in ending if held.id == entry.id]
        there = list(filter(self._in_force, own)) or [held for held in family if serves and self._in_force(held)]
        if not there:
            return self._reinstatement(entry, state) if own else None
        longest = max(there, key=_end)
        if isinstance(entry, License):
            state = longest.state
            entry = license_of(self.knowledge, longest.id, state) or entry
        name = f"renew:{entry.id}" + (f":{state}" if isinstance(entry, License) and state else "")
        if name not in self.activities:
            last = _end(longest)
            months = (last.year - self.origin.year) * 12 + last.month - self.origin.month
            renewal = renewal_of(entry, state)
            fee = renewal.fee_usd if renewal else None
            cost = Cost(unpriced=1) if fee is None else Cost(math.ceil(fee), math.ceil(fee))
            data: dict[str, object] = {"id": entry.id}
            data |= {"state": state} if isinstance(entry, License) and state else {}
            data |= {"multistate": True} if longest.multistate else {}
            cycle = round(renewal.cycle_years * _YEAR) if renewal and renewal.cycle_years else 0
            again = tuple(range(months + cycle, self.limits.horizon, cycle)) if cycle else ()
            soon = ", before this plan begins: renew it before that day" if last < self.origin else ""
            then = f", then {every(cycle / _YEAR)}: the price is for all up to the finish" if cycle else ""
            unread = "" if cycle else " How often it is renewed was not read: what comes after that is not in the cost."
            note = f"It ends on {last.isoformat()}{soon}{then}.{unread}"
            effect = Effect("credentials", data, (("issued", "start"),))
            sources = renewal.sources if renewal and renewal.sources else entry.sources
            self.actions[name] = Action(
                name, "renew", entry.id, f"renew {titled(self.knowledge, entry, state)}", (effect,), sources, note
            )
            mode = Mode("renew", 0, {}, spends(cost), cost)
            self.activities[name] = Activity(name, (mode,), deadline=max(0, months), again=again)
        return name

    def _in_force(self, held: Credential) -> bool:
        """Whether a credential is there when the plan begins, or is until some day before: then it can be renewed."""
        return held.span.holds_on(self.origin) or held.span.holds_on(self.probes.as_of)

    def _serving(self, family: str) -> License | None:
        """The entry of a licence held, of a family that is asked without a state."""
        held = [one for one in self.present.credentials or () if one.family == family]
        return next((one for one in (license_of(self.knowledge, each.id, each.state) for each in held) if one), None)

    def _reinstatement(self, entry: Certification | License, state: str | None) -> str:
        """Getting back a credential that has lapsed: what that takes was not read."""
        name = f"reinstate:{entry.id}" + (f":{state}" if isinstance(entry, License) and state else "")
        if name not in self.activities:
            data = {"id": entry.id} | ({"state": state} if isinstance(entry, License) and state else {})
            note = f"It has lapsed. How long that takes, what it costs and what is asked was not read: ask {entry.ask}."
            effect = Effect("credentials", data, (("issued", "end"),))
            self.actions[name] = Action(
                name,
                "renew",
                entry.id,
                f"renew or reinstate {titled(self.knowledge, entry, state)}",
                (effect,),
                entry.sources,
                note,
                doubtful=True,
            )
            self.numbers.take()
            wait = decision_months(entry.application, self.numbers, "credential-wait-months")
            asked = Done(self._whether_again(entry, state, name))
            self.activities[name] = Activity(name, (Mode("reinstate", wait, {}, {}, Cost(unpriced=1)),), asked)
            self.uses[name] = self.numbers.take()
        return name

    def _whether_again(self, entry: Certification | License, state: str | None, again: str) -> str:
        """Whether a credential that has lapsed can be had back as it is taken here: asked first."""
        name = f"{CONFIRM}:{again}"
        text = (
            f"ask {entry.ask}: whether your lapsed {titled(self.knowledge, entry, state)} can be renewed or reinstated "
            "without more study, exams or training, and what that costs"
        )
        self.actions[name] = Action(name, "confirm", None, text, (), entry.sources, doubtful=True, statement=again)
        self.activities[name] = Activity(name, (Mode("ask", 0, {}, {}, Cost()),))
        return name


def _end(held: Credential) -> Date:
    assert held.span.end is not None
    return held.span.end.earliest
