"""A second cleaner, with another parser, finds nothing left to remove in what the one behind `shown` lets through."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.markup import PROTOCOLS, TAGS, shown

PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x00>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror=alert(1)>",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&#x09;script:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example' onclick='alert(1)'>x</a>",
    "<a href='https://a.example' style='position:fixed;inset:0'>x</a>",
    "<a href='https://a.example' target=_blank ping=//evil.example>x</a>",
    "<a href='https://a.example\"onmouseover=alert(1) x=\"'>x</a>",
    "<a name=forms id=location>x</a>",
    "<p style='background:url(javascript:alert(1))' class=act>x</p>",
    "<strong onpointerenter=alert(1)>x</strong>",
    "<iframe src=//evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><p title='</title><script>alert(1)</script>'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<form action=//evil.example><button formaction=javascript:alert(1)>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<base href=//evil.example/><meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "https://a.example/'onclick='alert(1)",
    "https://a.example/<script>alert(1)</script>",
    'mailto:a@b.example?"onclick=alert(1)',
)
PIECES = (
    "<", ">", "</", "/>", "'", '"', "`", "=", "&", ";", "&lt;", "&#x3c;", "\n", "\n\n", " ", "\x00", "<!--", "-->",
    "<p>", "</p>", "<a href=", "https://a.example", "javascript:", "</a>", "<svg>", "<math>", "<style>", "</style>",
    "<script>", "</script>", "<ul>", "<li>", "<strong>", "</em>", "<img src=x onerror=", "alert(1)", "<table>",
    "<title>", "budget",
)  # fmt: skip


class Read(HTMLParser):
    """The tags with their attributes, paragraphs aside, and the text; how a parser nests them is left out."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "p":
            self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def cleaned_again(html: str) -> str:
    """By another cleaner with the same lists, whose parser does as browsers do."""
    allowed = {"a": {"href", "rel"}}
    return nh3.clean(html, tags=set(TAGS), attributes=allowed, link_rel=None, url_schemes=set(PROTOCOLS))


def leads_to(address: str) -> str:
    """The scheme that a browser sees in an address, which skips what cannot be seen; empty for one without."""
    found = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", address).lower())
    return found[1] if found else ""


def assert_nothing_left(text: str) -> None:
    """All of what is shown is kept, addresses that lead nowhere aside; a browser may open a tag that goes on in the
    next paragraph once more."""
    once = str(shown(text))
    ours, theirs = Read(once), Read(cleaned_again(once))
    assert ({tag for tag, _ in ours.tags}, ours.text.split()) == ({tag for tag, _ in theirs.tags}, theirs.text.split())
    assert {name for _tag, attributes in ours.tags for name in attributes} <= {"href", "rel"}
    assert {leads_to(attributes.get("href") or "") for _tag, attributes in ours.tags} <= {*PROTOCOLS, ""}


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_is_known_to_get_past_cleaners_does_not_get_past_this_one(text: str) -> None:
    assert_nothing_left(text)
    assert_nothing_left(f"Before {text} <strong>after</strong>")


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_is_put_together_of_dangerous_pieces_is_harmless(text: str) -> None:
    assert_nothing_left(text)


def test_the_second_cleaner_would_find_what_is_wrong() -> None:
    for wrong in ("<p onclick=x>x</p>", "<img src=x>", "<a href='javascript:x'>x</a>"):
        assert cleaned_again(wrong) != wrong
