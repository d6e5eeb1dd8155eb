"""Identifiers of persons: e-mail addresses, phone numbers, bank accounts, cards, national numbers.

Numbers count only where a checksum or a word beside them says what they are.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pmlint.source import Span


class Identifier(NamedTuple):
    """What was found: its kind as a noun phrase, and where."""

    kind: str
    span: Span


EMAIL = "an e-mail address"

_EMAIL = (
    r"(?<![\w.%+/:=@-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,5}[A-Za-z]{2,24}(?![\w@(/-]|:\w|\.\w)"
)
# Addresses that a role or a machine answers: one of these words stands in them.
_ROLE_WORDS = """
abuse account accounts admin administrator admins alert alerts all announce app apps automation billing bot bounce
build builds careers ci comms communication communications compliance conduct contact core cron customer
customercare customers data deploy deployment dev devel developers devops discuss dl dns donotreply dpo eng
engineering enquiries error errors events feedback finance git group hello help helpdesk hostmaster hr incident
incidents info infra infrastructure it jenkins jobs legal list lists mail mailer marketing media monitor monitoring
moderation network news newsletter no noreply notification notifications noc office on oncall ops operations order
orders pager pagerduty platform postmaster postmortem postmortems press privacy queries registry reply report
reports root sales security server service services slack soc sre staff status subscribe support svc sys sysadmin
system systems team teams tech test tester ticket tickets trust user users web webmaster www
"""
_RESERVED = (
    r"(?i)(?:^|\.)(?:example|test|invalid|localhost|local|internal|corp|lan)$|(?:^|\.)example\.(?:com|org|net|edu|\w\w)$"
    r"|(?:^|\.)(?:domain|company|mycompany|yourcompany|acme|foo|bar|email|mail)\.(?:com|org|net|tld)$"
    r"|gserviceaccount\.com$|users\.noreply\.github\.com$|(?:^|\.)(?:groups\.io|googlegroups\.com|lists\.[\w.]+)$"
    r"|^(?:smtp|mx|lists?|groups)\.|\.(?:service|socket|timer|mount|png|jpe?g|gif|svg|webp|py|js|ts|rb|go|rs|md|sh|json|ya?ml)$"
)
# Otherwise an address is somebody's if it is made of two names, lies with a provider of private ones, or is called so.
_TWO_NAMES = r"(?i)^[a-z]{2,20}[._][a-z]{2,20}(?:[._-][a-z]{1,20})?\d{0,4}$"
_PRIVATE_PROVIDERS = """
gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.co.uk hotmail.de hotmail.fr live.com
msn.com yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.co.jp ymail.com icloud.com me.com mac.com aol.com gmx.de
gmx.net gmx.com gmx.at web.de t-online.de proton.me protonmail.com pm.me orange.fr free.fr laposte.net libero.it
qq.com 163.com 126.com mail.ru yandex.ru naver.com hey.com fastmail.com zoho.com
"""
_CALLED = (
    r"(?i)\b(?:user|customer|client|student|patient|member|employee|subscriber|reporter|account|kunde|nutzer|utilisateur)"
    r"(?:\s+(?:of|for|named?|called|with|address|e-?mail))*[\s:(<`\"'*_]{1,4}$"
)
_SHELL = r"\b(?:ssh|scp|sftp|rsync|mosh|git|psql|mysql)\s[^\n]{0,60}$"

_PHONE = (
    r"(?<![\w+.:-])(?P<number>\+[1-9]\d{0,2}(?:[ .-]?\(0?\d{0,4}\)(?=[ .-]?\d))?(?:[ .-]?\d{2,4}(?=[ .-]))?"
    r"(?:[ .-]\d{2,4}){2,5})(?![\w:]|[.-]\d)"
)
# Numbers set aside for fiction: 555-01xx in North America (NANPA), 7700 900xxx and its kin in Britain (Ofcom).
_FICTION = r"^(?:1\d{3}55501\d\d|447700900\d{3}|4420794600\d\d|4411[3-8]4960\d{3}|33199\d{6}|4930\s?23125\d{3})$"

# A search skips quickly to what may come first: what may not stand before it is looked at from there.
_IBAN = r"(?P<number>[A-Z](?<![A-Za-z0-9][A-Z])[A-Z]\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)(?![A-Za-z0-9])"
# ISO 13616: how long an account number of these countries is.
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18,
    "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SA": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TR": 26, "UA": 29,
}  # fmt: skip
_CARD = (
    r"(?P<number>(?:4\d{3}|5[1-5]\d\d|2[2-7]\d\d|6011|65\d\d|35[2-8]\d)(?<![\w.:/#-]\d{4})"
    r"(?P<gap>[ -])\d{4}(?P=gap)\d{4}(?P=gap)\d{4})(?![\w-]|\.\d)"
)
_AMERICAN_EXPRESS = r"(?P<number>3[47]\d\d(?<![\w.:/#-]\d{4})(?P<gap>[ -])\d{6}(?P=gap)\d{5})(?![\w-]|\.\d)"
# The numbers that payment companies publish for tests.
_TEST_CARDS = frozenset(
    {
        "4111111111111111", "4242424242424242", "4000056655665556", "4012888888881881", "5555555555554444",
        "5105105105105100", "2223003122003222", "378282246310005", "371449635398431", "6011111111111117",
        "6011000990139424", "3530111333300000", "3566002020360505",
    }
)  # fmt: skip


def find_identifiers(text: str) -> Iterator[Identifier]:
    """Every identifier in a text, source as well as prose."""
    if "@" in text:
        for match in re.finditer(_EMAIL, text):
            if _is_somebodys(text, match):
                yield Identifier(EMAIL, Span(*match.span()))
    for number in _NUMBERS:
        if number.marks and not any(mark in text for mark in number.marks):
            continue
        for match in re.finditer(number.pattern, text):
            if number.holds(match["number"]):
                yield Identifier(number.kind, Span(*match.span("number")))


def _is_somebodys(text: str, match: re.Match[str]) -> bool:
    local, _, domain = match.group().rpartition("@")
    if _is_role(local) or re.search(_RESERVED, domain):
        return False
    before = text[max(0, match.start() - 40) : match.start()]
    if not (
        re.match(_TWO_NAMES, local) or domain.casefold() in _PRIVATE_PROVIDERS.split() or re.search(_CALLED, before)
    ):
        return False
    line = text[max(0, text.rfind("\n", 0, match.start()), match.start() - 80) : match.start()]
    return not re.search(_SHELL, line) and not line.rpartition(" ")[2].rpartition("](")[2].startswith(("http", "git+"))


def _is_role(local: str) -> bool:
    words = "".join(c if c.isalnum() else " " for c in local.casefold().partition("+")[0]).split()
    return not frozenset(_ROLE_WORDS.split()).isdisjoint(words)


def _is_phone(written: str) -> bool:
    digits = _digits(written)
    return 9 <= len(digits) <= 15 and len(set(digits)) > 3 and not re.match(_FICTION, digits)


def _is_account(written: str) -> bool:
    """ISO 13616: the letters as numbers, the first four characters moved to the end, modulo 97 gives 1."""
    compact = written.replace(" ", "")
    if _IBAN_LENGTHS.get(compact[:2]) != len(compact):
        return False
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


def _is_card(written: str) -> bool:
    """ISO/IEC 7812-1, annex B: every second digit doubled, the sum of all digits a multiple of ten."""
    digits = _digits(written)
    if digits in _TEST_CARDS or len(set(digits)) < 4:
        return False
    doubled = [int(d) * (1 + n % 2) for n, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _is_social_security(written: str) -> bool:
    """The Social Security Administration gives out no 000, 666 or 9xx areas, no group 00 and no serial 0000."""
    area, group, serial = written[:3], written[4:6], written[7:]
    return (
        area not in ("000", "666")
        and area[0] != "9"
        and group != "00"
        and serial != "0000"
        and written != "123-45-6789"
    )


def _is_french(written: str) -> bool:
    """INSEE: 97 minus the number modulo 97 is the key."""
    digits = _digits(written)
    return len(digits) == 15 and 97 - int(digits[:13]) % 97 == int(digits[13:])


def _is_spanish(written: str) -> bool:
    """Real Decreto 1553/2005: the letter stands for the number modulo 23."""
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(written[:8]) % 23] == written[-1].upper() and written[:8] != "12345678"


def _digits(written: str) -> str:
    return "".join(c for c in written if c.isdigit())


class _Number(NamedTuple):
    """``pattern`` has a group ``number``; it is searched where one of ``marks`` stands, without any everywhere."""

    kind: str
    marks: tuple[str, ...]
    pattern: str
    holds: Callable[[str], bool]


_NUMBERS = (
    _Number("a phone number", ("+",), _PHONE, _is_phone),
    _Number("a bank account number", (), _IBAN, _is_account),
    *(_Number("a card number", (), pattern, _is_card) for pattern in (_CARD, _AMERICAN_EXPRESS)),
    _Number(
        "a social security number",
        ("SSN", "ssn", "ocial security", "ocial Security"),
        r"(?i:\bssns?\b|social security)[^\n]{0,30}?(?<!\d)(?P<number>\d{3}-\d{2}-\d{4})(?![\d-])",
        _is_social_security,
    ),
    _Number(
        "a French social security number",
        (),
        r"(?P<number>[12](?<!\d[12]) ?\d\d ?(?:0[1-9]|1[0-2]) ?\d\d ?\d{3} ?\d{3} ?\d\d)(?!\d)",
        _is_french,
    ),
    _Number(
        "a Spanish identity number",
        ("DNI", "NIF"),
        r"\b(?:DNI|NIF)\b[^\n]{0,20}?(?<!\d)(?P<number>\d{8}-?[A-Za-z])(?!\w)",
        _is_spanish,
    ),
)
