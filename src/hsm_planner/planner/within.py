"""Whether the steps of a plan keep within what the person sets, on dates; it shares no code with the search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hsm_planner.planner.verify import Step
from hsm_planner.values.dates import Date, add_months
from hsm_planner.values.record import record


@record
class Frame:
    """What a plan has to keep within: first and last day, hours of study a week, money, least months in a post.

    ``free_hours``: of study a week while something takes the post's place.
    """

    first: Date
    last: Date | None
    study_hours: int
    free_hours: int | None
    budget: int | None
    least_stay: int


def broken(steps: Sequence[Step], frame: Frame, finish: Date) -> Iterator[str]:
    """What does not keep within it; nothing when all does."""
    for step in steps:
        if step.lasting.first < frame.first:
            yield f"{step.id}: begins on {step.lasting.first.isoformat()}, before the plan"
    if frame.last is not None and steps and finish > frame.last:
        yield f"the finish on {finish.isoformat()} lies after {frame.last.isoformat()}"
    paid = sum(step.usd for step in steps)
    if frame.budget is not None and paid > frame.budget:
        yield f"${paid:,} are paid, of at most ${frame.budget:,}"
    yield from _hours(steps, frame)
    yield from _posts(steps, frame)


def _hours(steps: Sequence[Step], frame: Frame) -> Iterator[str]:
    """On the first day of each step: hours only ever grow there."""
    for day in sorted({step.lasting.first for step in steps if step.hours}):
        there = [step for step in steps if step.hours and step.lasting.first <= day <= step.lasting.last]
        beside = sum(step.hours for step in there if not step.lasting.occupies)
        whole = sum(step.hours for step in there)
        most = frame.study_hours if frame.free_hours is None else frame.free_hours
        if beside > frame.study_hours:
            yield f"{beside} hours of study a week beside a post on {day.isoformat()}, of {frame.study_hours}"
        if whole > most:
            yield f"{whole} hours of study a week on {day.isoformat()}, of {most}"


def _posts(steps: Sequence[Step], frame: Frame) -> Iterator[str]:
    """One post at a time, each for the least stay; a search before each; nothing begins in what takes its place."""
    posts = sorted((step for step in steps if step.lasting.post), key=lambda step: step.lasting.first)
    for before, after in pairwise(posts):
        if after.lasting.first < add_months(before.lasting.first, frame.least_stay):
            yield f"{after.id}: begins before {frame.least_stay} months in {before.id}"
    for post in posts:
        searched = [step for step in steps if step.kind == "search" and step.target == post.target]
        if not any(step.lasting.last < post.lasting.first for step in searched):
            yield f"{post.id}: no search for it is over by {post.lasting.first.isoformat()}"
    for training in (step for step in steps if step.kind == "training"):
        searched = [step for step in steps if step.kind == "search" and step.target == training.target]
        if searched and not any(step.lasting.last < training.lasting.first for step in searched):
            yield f"{training.id}: no search for it is over by {training.lasting.first.isoformat()}"
    taking = sorted((step for step in steps if step.lasting.occupies), key=lambda step: step.lasting.first)
    for before, after in pairwise(taking):
        if after.lasting.first <= before.lasting.last:
            yield f"{after.id}: takes the post's place while {before.id} does"
    for step in taking:
        for post in posts:
            stayed = add_months(post.lasting.first, max(1, frame.least_stay))
            if step.lasting.first < stayed and post.lasting.first <= step.lasting.last:
                yield f"{step.id}: takes the place of {post.id} before {frame.least_stay} months in it are over"
