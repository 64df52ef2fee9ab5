"""An Issue as METS 1.12.1: its files, its pages, and its articles by their blocks.

An article that goes on on another page is one, with the blocks of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from baoguan.collections.alto import block_id
from baoguan.collections.continuations import chain, continuations
from baoguan.model import Article, ArticleKind, Issue, Page, Title, page_of

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
MODS = "http://www.loc.gov/mods/v3"
DIV_TYPES = {
    ArticleKind.ARTICLE: "ARTICLE",
    ArticleKind.ADVERTISEMENT: "ADVERTISEMENT",
    ArticleKind.HEAD: "HEAD",
    ArticleKind.MARGIN: "MARGIN",
}


def alto_name(page: str) -> str:
    return f"{page}.alto.xml"


def mets(title: Title, issue: Issue, pages: Sequence[Page], images: Mapping[str, str]) -> bytes:
    """The METS document of an issue; `images` maps a master's SHA-256 to its file's name."""
    root = etree.Element(
        _m("mets"),
        nsmap={"mets": METS, "xlink": XLINK, "mods": MODS},
        OBJID=issue.id,
        LABEL=" ".join(filter(None, [title.name("zh-Hant"), _date(issue)])),
        TYPE="Newspaper",
    )
    root.append(_description(title, issue))
    root.append(_files(pages, images))
    root.append(_physical(issue, pages))
    root.append(_logical(issue, pages))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _description(title: Title, issue: Issue) -> etree._Element:
    section = etree.Element(_m("dmdSec"), ID="issue")
    wrap = etree.SubElement(section, _m("mdWrap"), MDTYPE="MODS")
    mods = etree.SubElement(etree.SubElement(wrap, _m("xmlData")), _mods("mods"))
    for language, name in (title.names or {"": title.id}).items():
        info = etree.SubElement(mods, _mods("titleInfo"), {"lang": language} if language else {})
        etree.SubElement(info, _mods("title")).text = name
    if issue.date:
        origin = etree.SubElement(mods, _mods("originInfo"))
        etree.SubElement(origin, _mods("dateIssued"), encoding="iso8601").text = _date(issue)
    return section


def _files(pages: Sequence[Page], images: Mapping[str, str]) -> etree._Element:
    section = etree.Element(_m("fileSec"))
    masters = etree.SubElement(section, _m("fileGrp"), USE="Master")
    for sha in dict.fromkeys(page.master for page in pages):
        file = etree.SubElement(
            masters, _m("file"), ID=f"m-{sha}", CHECKSUM=sha, CHECKSUMTYPE="SHA-256"
        )
        _locate(file, images.get(sha, sha))
    texts = etree.SubElement(section, _m("fileGrp"), USE="Fulltext")
    for page in pages:
        file = etree.SubElement(texts, _m("file"), ID=_file_id(page.id), MIMETYPE="text/xml")
        _locate(file, alto_name(page.id))
    return section


def _locate(file: etree._Element, href: str) -> None:
    etree.SubElement(
        file, _m("FLocat"), {"LOCTYPE": "OTHER", "OTHERLOCTYPE": "FILE", f"{{{XLINK}}}href": href}
    )


def _physical(issue: Issue, pages: Sequence[Page]) -> etree._Element:
    structure = etree.Element(_m("structMap"), TYPE="PHYSICAL")
    whole = etree.SubElement(structure, _m("div"), TYPE="Newspaper", LABEL=issue.id)
    for order, page in enumerate(pages, 1):
        div = etree.SubElement(whole, _m("div"), TYPE="PAGE", ORDER=str(order), LABEL=page.id)
        etree.SubElement(div, _m("fptr"), FILEID=f"m-{page.master}")
        etree.SubElement(div, _m("fptr"), FILEID=_file_id(page.id))
    return structure


def _logical(issue: Issue, pages: Sequence[Page]) -> etree._Element:
    structure = etree.Element(_m("structMap"), TYPE="LOGICAL")
    whole = etree.SubElement(structure, _m("div"), TYPE="ISSUE", DMDID="issue", LABEL=issue.id)
    articles = {article.id: article for page in pages for article in page.articles}
    onto = {each.article: each.onto for each in continuations(pages)}
    for name, article in articles.items():
        if name not in onto.values():
            whole.append(_article(article, [articles[part] for part in chain(name, onto)]))
    return structure


def _article(article: Article, parts: Sequence[Article]) -> etree._Element:
    div = etree.Element(_m("div"), ID=f"d-{article.id}", TYPE=DIV_TYPES[article.kind])
    if article.headline:
        div.set("LABEL", article.headline)
    for region in (region for part in parts for region in part.regions):
        pointer = etree.SubElement(div, _m("fptr"))
        etree.SubElement(
            pointer,
            _m("area"),
            FILEID=_file_id(page_of(region)),
            BETYPE="IDREF",
            BEGIN=block_id(region),
        )
    return div


def _file_id(page: str) -> str:
    return f"t-{page}"


def _date(issue: Issue) -> str:
    return issue.date.isoformat() if issue.date else ""


def _m(tag: str) -> str:
    return f"{{{METS}}}{tag}"


def _mods(tag: str) -> str:
    return f"{{{MODS}}}{tag}"
