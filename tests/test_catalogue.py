"""Every rule that the field's standards give rise to has a page, or a reason why it has none."""

import pytest

from pmlint.rulebook import read_rulebook

PAGES = {rule.name: rule for rule in read_rulebook().rules}

# The catalogue's families and names, each with its page where that has another name.
OWN = {
    "structure": """
        missing-title missing-summary missing-impact missing-timeline
        missing-cause-analysis=sections/missing-cause missing-detection missing-resolution missing-action-items
        missing-lessons-learned missing-lessons-subsections missing-trigger missing-responders
        missing-corrective-and-cause-pair empty-section placeholder-text=clarity/placeholder
        template-instructions-left=clarity/template-instructions-left
        leftover-example-block=clarity/leftover-example-block section-order summary-not-first duplicate-section
        pseudo-heading-section nonpreferred-heading thin-section
    """,
    "metadata": """
        missing-incident-date=metadata/missing-date missing-author missing-status invalid-status
        missing-severity invalid-severity missing-duration missing-start-end
        metadata-time-without-timezone=metadata/time-without-timezone invalid-date-format missing-cause-category
        missing-classification
    """,
    "impact": """
        summary-too-long summary-too-short summary-missing-elements unquantified-impact
        vague-impact-quantity=impact/vague-quantity missing-affected-percentage missing-support-volume
        missing-revenue-statement missing-data-loss-statement missing-slo-statement minimising-language
        outage-overstated ambiguous-duration
    """,
    "timeline": """
        out-of-order missing-timezone=timeline/missing-zone mixed-timezones non-utc
        entry-missing-time=timeline/untimed-entry invalid-time=timeline/impossible-time missing-date
        ambiguous-date mixed-clock-format too-few-entries missing-start missing-detection missing-resolution
        missing-escalation missing-misleading-paths milestone-order starts-at-detection unexplained-gap
        duplicate-entry entry-too-long vague-time entry-without-evidence evaluative-language window-unmarked
    """,
    "causes": """
        shallow-cause single-root-cause root-cause-term five-whys-used five-whys-incomplete
        cause-without-evidence unknown-cause-without-followup absence-as-cause why-question
        missing-contributing-factors missing-recurrence-check missing-backlog-check
    """,
    "actions": """
        missing-owner team-owner missing-ticket missing-due-date missing-priority equal-priority missing-type
        invalid-type no-preventive-action no-detection-action vague-verb=actions/vague-action no-verb unbounded
        changes-people=actions/person-fix conditional too-many duplicate invalid-state
    """,
    "clarity": "document-too-long document-too-short empty-glossary image-without-text inline-log-dump",
}

# What no rule looks after, and why.
ABSENT = {
    "structure/generic-title": "no standard's profile asks for it; a title is for people to judge",
    "structure/unknown-section": "no profile asks for it; wrong on most documents",
    "structure/filename-format": "no profile asks for it; discovery by name is configured by the team",
    "metadata/multiple-document-owners": "no profile asks for it",
    "metadata/missing-incident-id": "no profile asks for it; most teams of the corpus have no tracker of incidents",
    "metadata/invalid-incident-id-format": "no profile asks for it",
    "metadata/missing-affected-services": "no profile asks for it",
    "metadata/missing-incident-link": "no profile asks for it; public reports cannot link what is internal",
    "metadata/missing-published-date": "no profile asks for it; Git knows",
    "metadata/missing-tags": "no profile asks for it",
    "timeline/missing-mitigation": "no profile asks for it; wrong on most timelines, a resolution mostly says it",
    "timeline/missing-declaration": "no profile asks for it; few organisations declare",
    "timeline/missing-acknowledgement": "no profile asks for it",
    "causes/cause-trigger-identical": "no profile asks for it",
    "actions/multiple-owners": "no profile asks for it",
    "actions/no-high-priority-action": "no profile asks for it",
    "actions/wontdo-without-reason": "no profile asks for it",
    "actions/went-wrong-without-action": "no profile asks for it; counting cannot tell which action answers what",
    "actions/action-item-in-lessons": "no profile asks for it",
    "clarity/undefined-acronym": "no profile asks for it; needs a dictionary of the team's",
    "clarity/sentence-too-long": "no profile asks for it; other linters do it",
    "safety/unsanitised-exploit-detail": "no profile asks for it; a judgement that no pattern can make",
}

# Rules that only the history of a repository can decide.
HISTORY = """
    late-publication stale-draft status-regression unreviewed-final single-contributor timeline-changed-after-final
    action-item-removed overdue-action-item missing-postmortem-for-incident
"""

OTHERS = {
    "tone": """
        human-error-as-cause person-as-cause blame-language=tone/person-blamed counterfactual
        person-failed-to=tone/person-failed named-individual normative-language=tone/normative
        hindsight-language=tone/hindsight animated-language=tone/animated exclamation-mark=tone/exclamation
        speculation first-person-singular evasive-passive rote-apology shouting-caps gendered-pronoun sarcasm-emoji
        leading-why-question=tone/who-question team-blame=tone/person-blamed profanity=tone/animated
    """,
    "consistency": """
        duration-mismatch timeline-vs-metadata-window date-mismatch weekday-mismatch time-metric-mismatch
        severity-mismatch incident-id-mismatch final-with-open-placeholders closed-with-untracked-actions
        future-timestamp=consistency/future-time broken-relative-link impact-number-mismatch
        unlinked-related-incident
    """,
    "safety": """
        secret-in-document=safety/secret personal-data internal-address access-restricted-link customer-name
        missing-external-message external-message-incomplete external-summary-too-long missing-customer-guidance
        missing-regulatory-fields
    """,
}
FAMILY_OF = {"structure": "sections"}


def pages(catalogue: dict[str, str]) -> list[str]:
    """The pages that a part of the catalogue asks for."""
    return [
        name.partition("=")[2] or f"{FAMILY_OF.get(family, family)}/{name}"
        for family, names in catalogue.items()
        for name in names.split()
    ]


@pytest.mark.parametrize("page", pages(OWN))
def test_a_rule_of_the_catalogue_has_a_page(page: str) -> None:
    assert page in PAGES


@pytest.mark.parametrize("page", pages(OTHERS))
def test_a_rule_of_another_family_has_a_page(page: str) -> None:
    assert page in PAGES


def test_every_rule_of_the_catalogue_is_accounted_for() -> None:
    assert len(pages(OWN)) + len(pages(OTHERS)) + len(ABSENT) + len(HISTORY.split()) == 181


def test_what_is_absent_has_no_page_and_a_reason() -> None:
    for name, reason in ABSENT.items():
        family, _, smell = name.partition("/")
        assert reason
        assert f"{FAMILY_OF.get(family, family)}/{smell}" not in PAGES


# By the catalogue, with the precision that was measured: these are on unless a team turns them off.
def test_what_disagrees_between_standards_is_off() -> None:
    for name in ("causes/root-cause-term", "causes/five-whys-used", "causes/five-whys-incomplete", "timeline/non-utc"):
        assert not PAGES[name].default
