"""A text in one field of an index in three forms, so that one phrase may ask for any of them.

A token has three places: its folded form, it and the next one as a pair, and its printed form.

    中國  →  中 中国 =中 国 _ =國        `_` stands for nothing and is not indexed

Nearly every article holds 中 and nearly every one holds 国; few hold them side by side. To tell
which, an engine looks up where each stands in all of them. As a pair the two are found at once. A
rare character keeps that search short by itself, so only pairs of common ones are indexed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, pairwise

from baoguan.search.fold import fold
from baoguan.search.query import ANY, Phrase, Wild

WIDTH = 3  # places of a token
NOTHING = "_"  # no token has this sign
PRINTED = "="  # before a printed form; nor this

# The 500 most common by the mean of their shares in jieba's dictionary, whose words count as often
# as it says they are used, and in the real texts of bench/corpus.py; folded.
COMMON = frozenset(
    "一不人是的有之了在大为中国他以这上我来个年也说子和时会日生三出得于而地道要到二家自十学可其者小着就后"
    "里所下们去天你行事过长能多此如那成民无老好分然又新方女报公对发主月前作面本同法等与文四用还起元见外开"
    "名五都全部业经已高两当定头将心没工第市至看门种代进每知理张现政动只么明北实则意各处西期从手海口军间问"
    "江今平水内亦六话百花区笑数美相便由想正表南先字产山院何重点因力机戏东回及通加体书最些路电员声并但场几"
    "安万样关儿做未身少合金格言气常向物次云位情把近兰君入制师应教华原闻八化风七总任梅城清比社号听立度车王"
    "洋世建白即马真非特必论交别记解或使九价太被性台光改省资余系呢打黄汉石给告才计议提目务广利设客再委武商"
    "士走半界叫眼州京她往治周战运义律司放命色称流且李传千更湖却果官很首神虽请某品角谓芳什题故算秋直办信接"
    "玉科领量居取甚若权究费级古夫难反府术结共形足统米决游爱己边局件转英矣收思调曾展据像红研增尚约条程乐旧"
    "极活德达唱演变剧初案保选管指曰连队许校宝布友影春始完觉专集楼观受复干职感星死阳举住男堂均似县既类河深"
    "房坐须步招馆式带线林属语规望青争求乃较精皆备罢吾强造基导该认随空母吃识易倒湘夜陈济令候技育诸党史包组"
)

Placed = list[tuple[int, str | Wild]]  # what stands at which place


def interleaved(folded: Sequence[str], printed: Sequence[str]) -> str:
    """All three forms of a text, of which the tokens are given."""
    if not folded:
        return ""
    common = [token in COMMON for token in folded]
    following = zip(folded, folded[1:], common, common[1:], strict=False)
    places = [NOTHING] * (WIDTH * len(folded))
    places[0::WIDTH] = folded
    places[1:-WIDTH:WIDTH] = [
        one + other if before and after else NOTHING for one, other, before, after in following
    ]
    places[2::WIDTH] = [f"{PRINTED}{glyph}" for glyph in printed]
    return " ".join(places)


def placed(phrase: Phrase, first: int = 0) -> Placed:
    """What to look for where a phrase begins at the token `first`: the least that tells it apart.

    A phrase as printed is looked for in its glyphs, and in its pairs only to find these sooner.
    """
    folded = [fold(token) if isinstance(token, str) else token for token in phrase.tokens]
    pairs = _pairs(folded)
    known = [*pairs, *_glyphs(phrase.tokens)] if phrase.exact else _cover(folded, dict(pairs))
    return [(first * WIDTH + place, token) for place, token in known]


def _pairs(tokens: Sequence[str | Wild]) -> Placed:
    return [
        (i * WIDTH + 1, f"{one}{other}")
        for i, (one, other) in enumerate(pairwise(tokens))
        if one in COMMON and other in COMMON
    ]


def _glyphs(tokens: Sequence[str | Wild]) -> Placed:
    return [(i * WIDTH + 2, _printed(token)) for i, token in enumerate(tokens) if token != ANY]


def _printed(token: str | Wild) -> str | Wild:
    return Wild(PRINTED + token.pattern) if isinstance(token, Wild) else PRINTED + token


def _cover(tokens: Sequence[str | Wild], pairs: dict[int, str | Wild]) -> Placed:
    """Each token, in a pair where one holds it."""
    cover: dict[int, str | Wild] = {}
    for place, token in zip(count(0, WIDTH), tokens, strict=False):
        before, after = place + 1 - WIDTH, place + 1
        if before in cover or token == ANY:
            continue
        held = next((pair for pair in (after, before) if pair in pairs), None)
        cover |= {place: token} if held is None else {held: pairs[held]}
    return list(cover.items())
