"""The four classes of a page's regions in which layout is exchanged and measured."""

from __future__ import annotations

from collections.abc import Mapping

from baoguan.model import ArticleKind, Page, RegionKind

LABELS = {
    ArticleKind.ARTICLE: "article",
    ArticleKind.ADVERTISEMENT: "advertisement",
    ArticleKind.HEAD: "additional",
    ArticleKind.MARGIN: "additional",
}
IMAGE = "image"
ALL_LABELS = tuple(dict.fromkeys([*LABELS.values(), IMAGE]))


def region_labels(page: Page) -> Mapping[str, str]:
    """Each region's class: article, advertisement, additional or image."""
    kinds = {id_: article.kind for article in page.articles for id_ in article.regions}
    return {
        region.id: IMAGE
        if region.kind is RegionKind.PICTURE
        else LABELS[kinds.get(region.id, ArticleKind.ARTICLE)]
        for region in page.regions
    }
