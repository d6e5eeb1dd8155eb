"""The language that a document is written in, and that English rules keep to English."""

import pytest

from pmlint.checks.causes import shallow_cause
from pmlint.checks.metadata import invalid_status
from pmlint.checks.tone import human_error_as_cause, person_failed
from pmlint.conventions import Conventions
from pmlint.engine import understand
from pmlint.source import Source

GERMAN = "Der Dienst war nicht erreichbar, und die Kunden konnten sich nach dem Update nicht mit dem Konto anmelden."
FRENCH = "Le service est resté indisponible pour les clients, et la cause est une erreur dans le script de la base."
SPANISH = "El servicio no estaba disponible para los clientes, y la causa fue un error en el script de la base."
PORTUGUESE = "O serviço não estava disponível para os clientes, e a causa foi um erro no script que não foi testado."
ENGLISH = "The service was not available to the customers, and the cause of this was an error in the script."
JAPANESE = "サービスは午前十時から利用できませんでした。原因は設定の誤りでした。"
CHINESE = "服务从上午十点开始不可用，原因是配置有误，工程师随后回滚了部署。"


def language(text: str, conventions: Conventions | None = None) -> str | None:
    """The language of a document."""
    source = Source("example.md", text)
    return (understand(source, conventions=conventions) if conventions else understand(source)).language


@pytest.mark.parametrize(
    ("prose", "tag"),
    [
        (GERMAN, "de"),
        (FRENCH, "fr"),
        (SPANISH, "es"),
        (PORTUGUESE, "pt"),
        (ENGLISH, "en"),
        (JAPANESE, "ja"),
        (CHINESE, "zh"),
    ],
)
def test_the_prose_tells_its_language(prose: str, tag: str) -> None:
    assert language(f"# 2026-03-04\n\n## Summary\n\n{prose}\n") == tag


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# Slow tiles\n", id="a title"),
        pytest.param("# Slow tiles\n\n## Summary\n\nDatabase pool, API nodes.\n", id="names only"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_few_words_tell_no_language(text: str) -> None:
    assert language(text) is None


def test_english_headings_and_terms_do_not_make_a_document_english() -> None:
    text = f"# Postmortem\n\n## Root cause\n\n{GERMAN}\n\n## What went well\n\n{GERMAN} Das Rollback war schnell.\n"
    assert language(text) == "de"


@pytest.mark.parametrize(
    ("front", "tag"),
    [("lang: de", "de"), ("language: pt-BR", "pt-BR"), ("locale: en_GB", "en-GB"), ("lang: [x]", "en")],
)
def test_the_front_matter_decides(front: str, tag: str) -> None:
    assert language(f"---\n{front}\n---\n\n# T\n\n{ENGLISH}\n") == tag


def test_what_was_agreed_on_comes_before_what_the_words_tell() -> None:
    assert language(f"# T\n\n{ENGLISH}\n", Conventions(language="de")) == "de"


def test_english_rules_judge_no_other_language() -> None:
    blame = "The engineer forgot the flag. Root cause: human error."
    english = understand(Source("example.md", f"# T\n\n## Cause\n\n{blame}\n"))
    german = understand(Source("example.md", f"---\nlang: de\n---\n\n# T\n\n## Cause\n\n{blame}\n"))
    assert len(list(person_failed(english))) == len(list(human_error_as_cause(english))) == 1
    assert list(person_failed(german)) == list(human_error_as_cause(german)) == []


@pytest.mark.parametrize(("tag", "finds"), [("en", 1), ("en-GB", 1), ("EN", 1), ("en_US", 1), ("de", 0), ("eng", 0)])
def test_english_is_english_in_every_region(tag: str, finds: int) -> None:
    text = f"---\nlang: {tag}\nstatus: mostly\n---\n\n# T\n\n## Root cause\n\nThe disk was full.\n"
    pm = understand(Source("example.md", text))
    assert len(list(shallow_cause(pm, connectives=["because"]))) == finds
    assert len(list(invalid_status(pm, statuses=["final"]))) == finds


@pytest.mark.parametrize(
    ("lang", "sentence", "words"),
    [
        ("de", "Ursache war menschliches Versagen beim Update.", ["menschliches Versagen"]),
        ("de-AT", "Die Störung geht auf einen Bedienfehler zurück.", ["Bedienfehler"]),
        ("de", "Die Abfrage verhindert Bedienfehler.", []),
        ("de", "Menschliches Versagen ist keine Ursache.", []),
        ("fr", "La cause est une erreur humaine.", ["erreur humaine"]),
        ("fr", "La panne vient d'une erreur de manipulation.", ["erreur de manipulation"]),
        ("fr", "Une erreur humaine n'est jamais une cause.", []),
        ("ja", "human error", []),
        ("xx", "human error", []),
    ],
)
def test_another_language_is_judged_by_its_own_lexicon_or_not_at_all(
    lang: str, sentence: str, words: list[str]
) -> None:
    source = Source("example.md", f"---\nlang: {lang}\n---\n\n# T\n\n## Root cause\n\n{sentence}\n")
    assert [source.slice(mark.span) for mark in human_error_as_cause(understand(source))] == words


def test_a_language_that_was_agreed_on_is_no_path() -> None:
    agreed = Conventions(language="../../etc/passwd")
    assert list(human_error_as_cause(understand(Source("example.md", "# T\n"), conventions=agreed))) == []


def test_a_teams_own_phrases_count_in_every_language() -> None:
    agreed = Conventions(language="nl", extra_wording={"human-error-as-cause": ("menselijke fout",)})
    source = Source("example.md", "# T\n\n## Oorzaak\n\nHet was een menselijke fout.\n")
    assert [source.slice(m.span) for m in human_error_as_cause(understand(source, conventions=agreed))] == [
        "menselijke fout"
    ]
