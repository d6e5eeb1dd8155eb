"""Wording that judges people, or that lets what happened look plainer than it was: one check for each reading of it."""

from collections.abc import Iterator

from pmlint.brevity import shortened
from pmlint.judgement import Judgement, judgements, title_judgements
from pmlint.model import Postmortem
from pmlint.rule import Mark

_LONGEST_SHOWN = 60


def person_failed(pm: Postmortem) -> Iterator[Mark]:
    """People said to have failed, forgotten or not done what was expected of them."""
    return _marks(pm, "person-failed", "reads as an expectation not met")


def person_blamed(pm: Postmortem) -> Iterator[Mark]:
    """People said to have broken something or to have done the wrong thing."""
    return _marks(pm, "person-blamed", "reads as blame")


def negligence(pm: Postmortem) -> Iterator[Mark]:
    """People said to be careless, incompetent or not to care."""
    return _marks(pm, "negligence", "judges how careful or able somebody is")


def fault(pm: Postmortem) -> Iterator[Mark]:
    """People said to be at fault."""
    return _marks(pm, "fault", "gives somebody the fault")


def punishment(pm: Postmortem) -> Iterator[Mark]:
    """Sanctions against people."""
    return _marks(pm, "punishment", "is a sanction, which no postmortem can learn from")


def human_error_as_cause(pm: Postmortem) -> Iterator[Mark]:
    """A human failing that stands as a cause."""
    return _marks(pm, "human-error", "ends the analysis at a person")


def person_as_cause(pm: Postmortem) -> Iterator[Mark]:
    """A person, or what belongs to one, that stands as a cause."""
    return _marks(pm, "person-as-cause", "makes a person the cause")


def person_fix(pm: Postmortem) -> Iterator[Mark]:
    """Remedies that ask people for more care, memory or training."""
    return _marks(pm, "person-fix", "asks for care")


def counterfactual(pm: Postmortem) -> Iterator[Mark]:
    """What people could or were supposed to have done, and did not."""
    return _marks(pm, "counterfactual", "tells what did not happen")


def hindsight(pm: Postmortem) -> Iterator[Mark]:
    """The outcome told as if it had been there to be seen."""
    return _marks(pm, "hindsight", "looks back with what is known today")


def minimising(pm: Postmortem) -> Iterator[Mark]:
    """The act that did not take place told as if it had been easy."""
    return _marks(pm, "minimising", "makes it look easy")


def animated(pm: Postmortem) -> Iterator[Mark]:
    """Feelings about events and things in place of their measure."""
    return _marks(pm, "animated", "is a feeling where a number could stand")


def who_question(pm: Postmortem) -> Iterator[Mark]:
    """Questions that ask for a person or for a justification."""
    return _marks(pm, "who-question", "asks for a person or an excuse")


def normative(pm: Postmortem) -> Iterator[Mark]:
    """People's acts measured by a norm in place of what they saw."""
    return _marks(pm, "normative", "measures people by a norm")


def speculation(pm: Postmortem) -> Iterator[Mark]:
    """Guesses that do not say what would confirm them."""
    return _marks(pm, "speculation", "is a guess")


def evasive_passive(pm: Postmortem) -> Iterator[Mark]:
    """Passives that hide how something came about: "mistakes were made"."""
    return _marks(pm, "evasive-passive", "does not tell how it came about")


def rote_apology(pm: Postmortem) -> Iterator[Mark]:
    """Apologies by formula."""
    return _marks(pm, "rote-apology", "is a formula")


def blame_in_title(pm: Postmortem) -> Iterator[Mark]:
    """Titles and file names that judge somebody."""
    for judged in title_judgements(pm):
        in_title = pm.title is not None and judged.sentence.passage.rendered.text == pm.title.text
        yield Mark(
            judged.span,
            f'"{_shown(judged)}" in the {"title" if in_title else "file name"} blames before the first line',
        )


def _marks(pm: Postmortem, rule: str, reading: str) -> Iterator[Mark]:
    for judged in judgements(pm):
        if judged.rule == rule:
            yield Mark(judged.span, f'"{_shown(judged)}" {reading}')


def _shown(judged: Judgement) -> str:
    """The judging words from the actor on, as far as both fit."""
    actor, sentence = judged.actor, judged.sentence
    start, end = judged.start, judged.end
    if actor:
        shown = sentence.shown(min(actor.start, start), max(actor.end, end))
        if len(shown) <= _LONGEST_SHOWN:
            return shown
    return shortened(sentence.shown(start, end), _LONGEST_SHOWN)
