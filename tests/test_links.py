"""Links and anchors: what the model holds of them, and which of them lead nowhere."""

import pytest

from pmlint.checks.links import access_restricted_link, broken_anchor, broken_relative_link
from pmlint.engine import understand
from pmlint.mentions import slug_of
from pmlint.model import Postmortem
from pmlint.source import Source


def postmortem(text: str, path: str = "example.md") -> Postmortem:
    return understand(Source(path, text))


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Root cause", "root-cause"),
        ("Cause & effect", "cause--effect"),
        ("What went well?", "what-went-well"),
        ("`db-3` in v1.2", "`db-3`-in-v12".replace("`", "")),
        ("snake_case stays", "snake_case-stays"),
        ("Ursache und Wirkung: Übung", "ursache-und-wirkung-übung"),
        ("障害の概要", "障害の概要"),
        ("🔥 Fire", "-fire"),
        ("10:42 – over", "1042--over"),
    ],
)
def test_github_makes_a_fragment_of_a_heading(heading: str, slug: str) -> None:
    assert slug_of(heading) == slug


def test_headings_alike_are_numbered_and_ids_count() -> None:
    text = '# A\n\n## B\n\n## B\n\n## B\n\n## C {#own .x}\n\n<h2 id="html">D</h2>\n\ntext <a name=inline></a>\n'
    assert postmortem(text).anchors >= {"a", "b", "b-1", "b-2", "own", "c", "html", "inline"}


def test_links_images_and_html_are_links() -> None:
    text = (
        '# T\n\n[a](a.md) ![b](b%20c.png) [d][ref] <https://e.example> and <img src="f.png">\n\n'
        "| [g](g.md) |\n| --- |\n\n<p><a href='h.md?x=1&amp;y'>h</a></p>\n\n`[no](no.md)`\n\n[ref]: d.md\n"
    )
    found = postmortem(text).links
    assert [(link.target, link.kind) for link in found] == [
        ("a.md", "link"), ("b%20c.png", "image"), ("d.md", "link"), ("https://e.example", "link"), ("f.png", "image"),
        ("g.md", "link"), ("h.md?x=1&y", "link"),
    ]  # fmt: skip
    assert postmortem(text).source.slice(found[0].span) == "[a](a.md)"


def asked(text: str, path: str = "example.md") -> list[str]:
    """The paths that are looked for."""
    paths: list[str] = []

    def exists(path: str) -> bool:
        paths.append(path)
        return True

    assert list(broken_relative_link(postmortem(text, path), exists=exists)) == []
    return paths


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("a.md", "a.md"), ("./a.md#x", "a.md"), ("<a b.md>", "a b.md"), ("a%20b.md", "a b.md"),
        ("../x/a.png?raw=1", "../x/a.png"), ("img/", "img"), ("x/../a.md", "a.md"), ("b%C3%BC.md", "bü.md"),
    ],
)  # fmt: skip
def test_a_relative_path_is_looked_for(target: str, path: str) -> None:
    assert asked(f"[x]({target})") == [path]


@pytest.mark.parametrize(
    "target",
    [
        "https://e.example/a.md", "//e.example/a.md", "/a.md", "#a", "mailto:a@e.example", "page", "../page", "v1.2",
        "C:\\\\a.md", "%2Fetc/passwd.md",
    ],
)  # fmt: skip
def test_other_targets_are_not(target: str) -> None:
    assert asked(f"[x]({target})") == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("---\nlayout: post\n---\n\n![x](a.png) [y](b.md)", "a.md"),
        ("![x](a.png) [y](b.md)", "a.html.md.erb"),
        ("{{< figure src=x >}} ![x](a.png) [y](b.md)", "a.md"),
        ("![x](a.png) [y](b.md)", "a.qmd"),
    ],
)
def test_of_a_generators_page_only_links_to_its_sources_are(text: str, path: str) -> None:
    assert asked(text, path) == ["b.md"]


def test_what_nobody_knows_is_not_reported() -> None:
    assert list(broken_relative_link(postmortem("[x](a.md)"), exists=lambda path: None)) == []


@pytest.mark.parametrize("fragment", ["b", "B", "b-1", "user-content-b", "top", "", "fn1", "cause-effect", "c%C3%BC"])
def test_a_fragment_leads_to_a_heading(fragment: str) -> None:
    text = f"# A\n\n## B\n\n## B\n\n## Cause & effect\n\n## Cü\n\n[x](#{fragment})\n"
    assert list(broken_anchor(postmortem(text))) == []


def test_a_fragment_of_no_heading_is_reported() -> None:
    (mark,) = broken_anchor(postmortem("# A\n\n[x](#b)\n"))
    assert mark.message == "no heading and no id of this document is #b"
    assert list(broken_anchor(postmortem("# A\n\n[x](#b)\n", "a.qmd"))) == []


@pytest.mark.parametrize(
    ("target", "closed"),
    [
        ("https://tiles.slack.com/x", True), ("https://SLACK.com", True), ("https://slack.com:443/x", True),
        ("https://user@tiles.slack.com/x", True), ("https://notslack.com/x", False),
        ("https://slack.com.example/x", False), ("https://e.example/slack.com", False),
        ("https://e.example?u=https://slack.com", False), ("slack.com", False),
    ],
)  # fmt: skip
def test_a_link_to_a_closed_host_is_told_by_its_host(target: str, closed: bool) -> None:
    found = list(access_restricted_link(postmortem(f"[x]({target})"), hosts=["slack.com"], more_hosts=[]))
    assert bool(found) is closed
