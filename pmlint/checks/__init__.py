"""The checks by name: what a rule page may name in its ``check``."""

from collections.abc import Mapping
from types import MappingProxyType

from pmlint.checks.actions import missing_owner, person_fix, vague_action
from pmlint.checks.causes import (
    absence_as_cause,
    cause_without_evidence,
    five_whys_incomplete,
    missing_contributing_factors,
    root_cause_term,
    shallow_cause,
    single_root_cause,
    unknown_cause_without_followup,
    why_question,
)
from pmlint.checks.clarity import placeholder
from pmlint.checks.consistency import future_time
from pmlint.checks.entries import entry_too_long, entry_without_evidence, evaluative_language, vague_time
from pmlint.checks.impact import (
    ambiguous_duration,
    minimising_language,
    outage_overstated,
    summary_missing_elements,
    summary_too_long,
    summary_too_short,
    unquantified_impact,
    vague_quantity,
)
from pmlint.checks.metadata import (
    invalid_date_format,
    invalid_severity,
    invalid_status,
    missing_duration,
    missing_field,
    missing_start_end,
    time_without_timezone,
    unreadable_front_matter,
)
from pmlint.checks.milestones import milestone_order, missing_milestone, starts_at_detection, window_unmarked
from pmlint.checks.sections import (
    duplicate_section,
    empty_section,
    forbidden_section,
    missing_parts,
    missing_section,
    missing_title,
    missing_topic,
    nonpreferred_heading,
    pseudo_heading,
    section_order,
    summary_not_first,
    thin_section,
)
from pmlint.checks.timeline import (
    ambiguous_date,
    duplicate_entry,
    impossible_time,
    missing_date,
    missing_full_date,
    missing_zone,
    mixed_clock_format,
    mixed_timezones,
    non_utc,
    out_of_order,
    too_few_entries,
    unexplained_gap,
    unpadded_time,
    untimed_entry,
)
from pmlint.checks.tone import human_error_as_cause, person_blamed, person_failed
from pmlint.rule import Check

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.__name__: check
        for check in (
            absence_as_cause,
            ambiguous_date,
            ambiguous_duration,
            cause_without_evidence,
            duplicate_entry,
            duplicate_section,
            empty_section,
            entry_too_long,
            entry_without_evidence,
            evaluative_language,
            five_whys_incomplete,
            forbidden_section,
            future_time,
            human_error_as_cause,
            impossible_time,
            invalid_date_format,
            invalid_severity,
            invalid_status,
            milestone_order,
            minimising_language,
            missing_contributing_factors,
            missing_date,
            missing_duration,
            missing_field,
            missing_full_date,
            missing_milestone,
            missing_owner,
            missing_parts,
            missing_section,
            missing_start_end,
            missing_title,
            missing_topic,
            missing_zone,
            mixed_clock_format,
            mixed_timezones,
            non_utc,
            nonpreferred_heading,
            out_of_order,
            outage_overstated,
            person_blamed,
            person_failed,
            person_fix,
            placeholder,
            pseudo_heading,
            root_cause_term,
            section_order,
            shallow_cause,
            single_root_cause,
            starts_at_detection,
            summary_missing_elements,
            summary_not_first,
            summary_too_long,
            summary_too_short,
            thin_section,
            time_without_timezone,
            too_few_entries,
            unexplained_gap,
            unknown_cause_without_followup,
            unpadded_time,
            unquantified_impact,
            unreadable_front_matter,
            untimed_entry,
            vague_action,
            vague_quantity,
            vague_time,
            why_question,
            window_unmarked,
        )
    }
)
