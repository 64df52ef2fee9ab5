from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette

from baoguan.ingest.pyramid import pyramid
from baoguan.settings import Settings
from baoguan.ui.routes.iiif import MAX_AREA, BadRequest, routes, understand
from tests.ui.asgi import get

TOLERANCE = 6  # of 255, mean, for JPEG twice over


def pixels(body: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(body)).convert("RGB")).astype(float)


def test_the_information_says_size_and_tiles(app: Starlette, sha: str) -> None:
    info = get(app, f"/iiif/3/{sha}-0/info.json").json()
    assert (info["width"], info["height"], info["profile"]) == (1000, 1000, "level2")
    assert info["id"] == f"http://museum.test/iiif/3/{sha}-0"
    assert info["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2]}]


@pytest.mark.parametrize(
    ("region", "size", "part", "shape"),
    [
        ("full", "max", (0, 0, 1000, 1000), (1000, 1000)),
        ("0,0,512,512", "512,512", (0, 0, 512, 512), (512, 512)),
        ("512,512,488,488", "488,488", (512, 512, 1000, 1000), (488, 488)),
        ("full", "250,", (0, 0, 1000, 1000), (250, 250)),
        ("100,200,400,300", "!200,200", (100, 200, 500, 500), (200, 150)),
        ("pct:50,50,50,50", "pct:50", (500, 500, 1000, 1000), (250, 250)),
        ("square", "^1200,", (0, 0, 1000, 1000), (1200, 1200)),
    ],
)
def test_a_tile_has_the_masters_pixels(
    app: Starlette,
    sha: str,
    scan: Path,
    region: str,
    size: str,
    part: tuple[int, int, int, int],
    shape: tuple[int, int],
) -> None:
    answer = get(app, f"/iiif/3/{sha}-0/{region}/{size}/0/default.jpg")
    shown = pixels(answer.body)
    assert answer.headers["content-type"] == "image/jpeg"
    assert "immutable" in answer.headers["cache-control"]
    assert shown.shape[1::-1] == shape
    true = Image.open(scan).convert("RGB").crop(part).resize(shape, Image.Resampling.BOX)
    assert np.abs(shown - np.asarray(true)).mean() < TOLERANCE


def test_rotation_mirror_grey_and_png_are_served(app: Starlette, sha: str) -> None:
    base = f"/iiif/3/{sha}-0/0,0,400,200/max"
    upright = pixels(get(app, f"{base}/0/default.png").body)
    turned = pixels(get(app, f"{base}/90/default.png").body)
    mirrored = pixels(get(app, f"{base}/!0/default.png").body)
    grey = Image.open(io.BytesIO(get(app, f"{base}/0/gray.png").body))
    assert np.array_equal(np.rot90(upright, -1), turned)
    assert np.array_equal(upright[:, ::-1], mirrored)
    assert grey.mode == "L"


@pytest.mark.parametrize(
    "path",
    [
        "{sha}-0/full/0,/0/default.jpg",
        "{sha}-0/full/2000,/0/default.jpg",
        "{sha}-0/full/^99999,/0/default.jpg",
        "{sha}-0/full/^!30000,30000/0/default.jpg",
        "{sha}-0/2000,0,10,10/max/0/default.jpg",
        "{sha}-0/0,0,0,10/max/0/default.jpg",
        "{sha}-0/full/max/45/default.jpg",
        "{sha}-0/full/max/0/bitonal.jpg",
        "{sha}-0/full/max/0/default.tif",
        "{sha}-0/everything/max/0/default.jpg",
        "catalogue.db-0/full/max/0/default.jpg",
        "..%2f..%2fetc-0/info.json",
        "{sha}/info.json",
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    app: Starlette, sha: str, path: str
) -> None:
    answer = get(app, "/iiif/3/" + path.format(sha=sha))
    assert answer.status in (400, 404)
    if answer.status == 400:
        assert answer.json()["error"]


@pytest.mark.parametrize("id_", ["0" * 64 + "-0", "{sha}-7"])
def test_only_frames_that_a_page_shows_are_served(app: Starlette, sha: str, id_: str) -> None:
    answer = get(app, f"/iiif/3/{id_.format(sha=sha)}/full/max/0/default.jpg")
    assert answer.status == 404
    assert answer.json()["error"]


def test_max_of_an_enormous_image_stays_within_the_limit() -> None:
    wish = understand(
        100_000, 80_000, region="full", size="max", rotation="0", quality="default", format_="jpg"
    )
    assert 0.99 * MAX_AREA < wish.width * wish.height <= MAX_AREA


def test_an_answer_with_too_many_pixels_is_refused() -> None:
    with pytest.raises(BadRequest):
        understand(
            100_000,
            80_000,
            region="full",
            size="50000,",
            rotation="0",
            quality="default",
            format_="jpg",
        )


@dataclass(frozen=True)
class OneScan:
    """Serves one scan, which lay turned."""

    scan: Path
    sha: str
    folder: Path

    def shows(self, sha: str, frame: int, turn: int) -> bool:
        return (sha, frame, turn) == (self.sha, 0, 90)

    def made(self, sha: str, frame: int, turn: int) -> Path | None:
        file = self._file(sha, frame, turn)
        return file if file.exists() else None

    def pyramid(self, sha: str, frame: int, turn: int) -> Path:
        return pyramid(self.scan, frame, self._file(sha, frame, turn), turn=turn)

    def _file(self, *name: object) -> Path:
        return self.folder / "-".join(map(str, name))


def test_a_scan_that_lay_turned_is_served_upright(scan: Path, sha: str, tmp_path: Path) -> None:
    served = Starlette(routes=routes(OneScan(scan, sha, tmp_path)))
    image = get(served, f"/iiif/3/{sha}-0-r90/full/max/0/default.png")
    true = np.rot90(np.asarray(Image.open(scan).convert("RGB")), -1)
    assert np.abs(pixels(image.body) - true).mean() < TOLERANCE
    assert get(served, f"/iiif/3/{sha}-0/full/max/0/default.png").status == 404
    assert get(served, f"/iiif/3/{sha}-0-r45/full/max/0/default.png").status == 400


def test_a_pyramid_that_was_taken_away_is_made_again(
    app: Starlette, sha: str, settings: Settings
) -> None:
    address = f"/iiif/3/{sha}-0/full/100,/0/default.jpg"
    assert get(app, address).status == 200
    (settings.derivatives / "pyramids" / f"{sha}-0.tif").unlink()
    assert get(app, address).status == 200
