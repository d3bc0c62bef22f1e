"""Whether a node applies to a target."""

from __future__ import annotations

from hsm_planner.requirements.base import Context, Guard
from hsm_planner.values.dates import Date
from hsm_planner.values.evidence import Question

STATE_QUESTION = Question("target.state", "In which state do you want to work?", "The rule differs by state.")
_BEDS_QUESTION = Question("target.beds", "How many beds does the facility have?", "The rule differs by size.")
_SETTING_QUESTION = Question(
    "target.setting", "In what kind of place do you want to work?", "The rule differs by kind of place."
)


def applies(guard: Guard, context: Context) -> tuple[bool | None, tuple[Question, ...]]:
    """True, False, or None with the questions that would tell."""
    target = context.timeline.target
    answers: list[bool | None] = []
    questions: list[Question] = []
    for wanted, given, question, fits in (
        (guard.states, target.state, STATE_QUESTION, target.state in guard.states),
        (guard.not_states, target.state, STATE_QUESTION, target.state not in guard.not_states),
        (guard.settings, target.setting, _SETTING_QUESTION, target.setting in guard.settings),
    ):
        if wanted:
            answers.append(fits if given is not None else None)
            questions += [question] if given is None else []
    if guard.beds_at_least is not None or guard.beds_at_most is not None:
        beds = target.beds
        answers.append(None if beds is None else (guard.beds_at_least or 0) <= beds <= (guard.beds_at_most or beds))
        questions += [_BEDS_QUESTION] if beds is None else []
    if guard.hired_from or guard.hired_before:
        fits_hire, hire_questions = _hired(guard, context)
        answers.append(fits_hire)
        questions += hire_questions
    if False in answers:
        return False, ()
    return (None, tuple(questions)) if None in answers else (True, ())


def _hired(guard: Guard, context: Context) -> tuple[bool | None, list[Question]]:
    """Hired: the start of the post of the target role held on the day, else the day itself."""

    def fits(day: Date) -> bool:
        return (guard.hired_from or Date.min) <= day and (guard.hired_before is None or day < guard.hired_before)

    posts = context.timeline.posts
    days = {Date.min, context.as_of} if posts is None else set()
    asked = [Question("experience", "Do you hold such a post now, and since when?", "The rule differs.")]
    for post in posts or ():
        if post.role != context.timeline.target.id or not post.span.maybe_on(context.as_of):
            continue
        start = post.span.start
        days |= {start.earliest, start.latest} if start else {Date.min, context.as_of}
        if not post.span.certainly_on(context.as_of):
            days.add(context.as_of)
        asked.append(Question(f"{post.pointer}.start", f"In which month did this begin: {post.text}?"))
    answers = {fits(day) for day in days or {context.as_of}}
    return (answers.pop(), []) if len(answers) == 1 else (None, asked)
