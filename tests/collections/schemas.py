"""The standards' own schemas, loaded without the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

XLINK = Path(__file__).with_name("xlink.xsd")


class _XlinkAtHome(etree.Resolver):
    def resolve(self, url: str, _id: str, context: Any) -> Any:
        return self.resolve_filename(str(XLINK), context) if url.endswith("xlink.xsd") else None


def schema(file: Path) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_XlinkAtHome())
    return etree.XMLSchema(etree.parse(file, parser))
