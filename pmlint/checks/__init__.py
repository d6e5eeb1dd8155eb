"""The checks by name: what a rule page may name in its ``check``."""

from collections.abc import Mapping
from types import MappingProxyType

from pmlint.checks.actions import missing_owner, person_fix, vague_action
from pmlint.checks.clarity import placeholder
from pmlint.checks.consistency import future_time
from pmlint.checks.custom import (
    missing_column,
    missing_field,
    missing_heading,
    missing_link,
    phrase_used,
    refused_link,
    word_count,
)
from pmlint.checks.metadata import missing_date, unreadable_front_matter
from pmlint.checks.sections import empty_section, missing_section
from pmlint.checks.suppression import missing_reason, unknown_rule, unreadable_comment, unused_comment
from pmlint.checks.timeline import impossible_time, missing_zone, out_of_order, untimed_entry
from pmlint.checks.tone import human_error_as_cause, person_blamed, person_failed
from pmlint.rule import Check

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.__name__: check
        for check in (
            empty_section,
            future_time,
            human_error_as_cause,
            impossible_time,
            missing_column,
            missing_date,
            missing_field,
            missing_heading,
            missing_link,
            missing_owner,
            missing_section,
            missing_zone,
            out_of_order,
            person_blamed,
            person_failed,
            missing_reason,
            person_fix,
            phrase_used,
            placeholder,
            unknown_rule,
            unreadable_comment,
            refused_link,
            unreadable_front_matter,
            untimed_entry,
            unused_comment,
            vague_action,
            word_count,
        )
    }
)
