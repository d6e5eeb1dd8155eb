"""The checks by name: what a rule page may name in its ``check``."""

from collections.abc import Mapping
from types import MappingProxyType

from pmlint.checks.actions import missing_owner, vague_action
from pmlint.checks.clarity import placeholder
from pmlint.checks.consistency import future_time
from pmlint.checks.metadata import missing_date, unreadable_front_matter
from pmlint.checks.sections import empty_section, missing_section
from pmlint.checks.timeline import impossible_time, missing_zone, out_of_order, untimed_entry
from pmlint.checks.tone import (
    animated,
    blame_in_title,
    counterfactual,
    evasive_passive,
    fault,
    hindsight,
    human_error_as_cause,
    minimising,
    negligence,
    normative,
    person_as_cause,
    person_blamed,
    person_failed,
    person_fix,
    punishment,
    rote_apology,
    speculation,
    who_question,
)
from pmlint.checks.voice import (
    exclamation,
    first_person_singular,
    gendered_pronoun,
    named_individual,
    sarcasm_emoji,
    shouting_caps,
)
from pmlint.rule import Check

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.__name__: check
        for check in (
            animated,
            blame_in_title,
            counterfactual,
            empty_section,
            evasive_passive,
            exclamation,
            fault,
            first_person_singular,
            future_time,
            gendered_pronoun,
            hindsight,
            human_error_as_cause,
            impossible_time,
            minimising,
            missing_date,
            missing_owner,
            missing_section,
            missing_zone,
            named_individual,
            negligence,
            normative,
            out_of_order,
            person_as_cause,
            person_blamed,
            person_failed,
            person_fix,
            placeholder,
            punishment,
            rote_apology,
            sarcasm_emoji,
            shouting_caps,
            speculation,
            unreadable_front_matter,
            untimed_entry,
            vague_action,
            who_question,
        )
    }
)
