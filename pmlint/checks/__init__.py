"""The checks by name: what a rule page may name in its ``check``."""

from collections.abc import Mapping
from types import MappingProxyType

from pmlint.checks.actions import missing_owner, person_fix, vague_action
from pmlint.checks.agreement import (
    closed_with_untracked_actions,
    final_with_open_placeholders,
    impact_number_mismatch,
    incident_id_mismatch,
    severity_mismatch,
    unlinked_related_incident,
)
from pmlint.checks.clarity import placeholder
from pmlint.checks.consistency import date_mismatch, future_time, timeline_vs_metadata_window, weekday_mismatch
from pmlint.checks.durations import duration_mismatch, time_metric_mismatch
from pmlint.checks.links import access_restricted_link, broken_anchor, broken_relative_link
from pmlint.checks.metadata import missing_date, unreadable_front_matter
from pmlint.checks.publication import (
    external_message_incomplete,
    external_summary_too_long,
    missing_customer_guidance,
    missing_external_message,
    missing_regulatory_fields,
)
from pmlint.checks.safety import customer_name, internal_address, personal_data, secret
from pmlint.checks.sections import empty_section, missing_section
from pmlint.checks.timeline import impossible_time, missing_zone, out_of_order, untimed_entry
from pmlint.checks.tone import human_error_as_cause, person_blamed, person_failed
from pmlint.rule import Check

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.__name__: check
        for check in (
            missing_regulatory_fields,
            missing_external_message,
            missing_customer_guidance,
            external_summary_too_long,
            external_message_incomplete,
            broken_relative_link,
            broken_anchor,
            access_restricted_link,
            weekday_mismatch,
            timeline_vs_metadata_window,
            date_mismatch,
            unlinked_related_incident,
            severity_mismatch,
            incident_id_mismatch,
            impact_number_mismatch,
            final_with_open_placeholders,
            closed_with_untracked_actions,
            customer_name,
            time_metric_mismatch,
            duration_mismatch,
            internal_address,
            personal_data,
            secret,
            empty_section,
            future_time,
            human_error_as_cause,
            impossible_time,
            missing_date,
            missing_owner,
            missing_section,
            missing_zone,
            out_of_order,
            person_blamed,
            person_failed,
            person_fix,
            placeholder,
            unreadable_front_matter,
            untimed_entry,
            vague_action,
        )
    }
)
