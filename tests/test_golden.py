"""Golden files: the complete output of the same document in every format, reviewed once by hand."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import feed2doc
import pytest
from feed2doc import _formats
from feed2doc.readers._rules.schema import SHIPPED
from feed2doc.readers._rules.sites import rules_for
from feed2doc.writers.pandoc import write_pandoc

from tests.kitchen_sink import DOCUMENT, env


def as_text(to: str, tmp_path: Path) -> str:
    """Return an output as text: a text format unchanged, the pages of an EPUB, the words of a PDF."""
    data = feed2doc.write(DOCUMENT, to, env=env())
    if isinstance(data, str):
        # The template at the start of the output is a separate file.
        return data[data.index("#show: book.with(") :] if to == "typst" else data
    if to in ("epub", "kepub"):
        book = zipfile.ZipFile(io.BytesIO(data))
        listing = "\n".join(f"{i.filename} {i.compress_type}" for i in book.infolist())
        pages = [n for n in book.namelist() if n.endswith((".xhtml", ".opf", ".ncx"))]
        return "\n".join([listing, *(f"== {n}\n{book.read(n).decode()}" for n in pages)])
    path = tmp_path / "out.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True)
    return done.stdout


# Pandoc gets the same tree for all of its formats, so its native format is tested for all of them.
WRITERS = (*_formats.builtin_names("writer"), "native")


@pytest.mark.parametrize("to", WRITERS)
def test_golden(to: str, golden: Callable[[str, str], None], tmp_path: Path) -> None:
    golden(f"kitchen-sink/expected.{to}.txt", as_text(to, tmp_path))


@pytest.mark.parametrize("to", _formats.builtin_names("writer"))
def test_no_word_is_lost(to: str, tmp_path: Path) -> None:
    data = as_text(to, tmp_path)
    squeezed = "".join(re.sub(r"[\\*]", "", data).split())
    words = (
        "停航三年之后，渡轮回来了。 渡轮靠岸。 OttoBerg/海港图片社 MeiLin 林海 海港日报 海港局 亮了 强调。 轻声 旧价"
        " 第二行 Bonjour かん 脚注的话。 第二节 二之一 四的第二段 灯塔 海边的灯。 我们等了三年。 引文里的标题 港长 表与框"
        " 每日班次 航线 北岛 渡轮满载90人。 试航 不在手边的图片。 海灯 只有说明。 AnnBa对本文有研究贡献。"
        " 林海是记者。 ©2025海港日报 点击查看本文英文版。"
    )
    assert [word for word in words.split() if word not in squeezed] == []
    assert "只在元数据里" not in squeezed or to in (
        "markdown",
        "json",
        "jsonl",
        "html",
        "epub",
        "kepub",
        "typst",
    )


def test_every_writer_has_a_golden_file() -> None:
    have = {path.name.split(".")[1] for path in (Path(__file__).parent / "golden" / "kitchen-sink").iterdir()}
    assert have == set(WRITERS)
    families = {_formats.writer(name).write.func for name in _formats.family_names("writer")}  # type: ignore[attr-defined]
    assert families == {write_pandoc}


def test_model_json_is_read_back_equal() -> None:
    for to in ("json", "jsonl"):
        data = feed2doc.write(DOCUMENT, to)
        assert isinstance(data, str)
        assert feed2doc.read(data.encode()) == DOCUMENT


SAMPLES = sorted(
    path for path in (Path(__file__).parent.parent / "samples").iterdir() if path.suffix in (".txt", ".xml")
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_as_models(sample: Path, golden: Callable[[str, str], None]) -> None:
    """Each sample is read as the same nodes, and its pictures are found."""
    documents = [str(feed2doc.write(d, "json")) for d in feed2doc.read_all(sample)]
    golden(f"samples/{sample.stem}/expected.json", "".join(documents))


def test_every_site_rule_has_a_sample_and_every_golden_model_its_sample() -> None:
    used = {rules_for(document.url).name for path in SAMPLES for document in feed2doc.read_all(path)}
    rules = {path.stem for path in SHIPPED.glob("*.toml")}
    assert rules - used == {"generic", "feed2doc"} - used
    models = {path.name for path in (Path(__file__).parent / "golden" / "samples").iterdir()}
    assert models == {path.stem for path in SAMPLES}


# Pictures that are not part of the article: a tracking pixel and a call for donations.
DROPPED_PICTURES = {
    "08-economist-english": 1,
    "11-medium-traditional": 1,
    "16-chinafile-english": 1,
    "18-bitterwinter-traditional": 1,
    "21-solidot": 1,
}


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.suffix == ".txt"], ids=lambda path: path.stem)
def test_no_picture_of_a_sample_is_lost(sample: Path) -> None:
    stated = len(re.findall(r"<img\b|<imgsrc|poster=", sample.read_text("utf-8")))
    read = sum(str(feed2doc.write(d, "json")).count('"type": "Image"') for d in feed2doc.read_all(sample))
    assert read == stated - DROPPED_PICTURES.get(sample.stem, 0)
