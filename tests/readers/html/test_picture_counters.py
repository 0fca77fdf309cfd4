"""Counters of pictures in galleries, and captions that only look like them."""

import feed2doc
import pytest

PICTURE = '<img src="https://e.org/a.jpg" alt="a" width="600" height="400">'


def text_of(html: str) -> str:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(
        f"[h](https://e.org/a)\n------\n<p>Begin.</p>{html}<p>End.</p>".encode(), env=env
    )
    assert not [d for d in env.diagnostics if d.kind == "loss"], env.diagnostics
    return feed2doc.write(document, "text")


@pytest.mark.parametrize(
    "figure",
    [
        f"<div>1 / 2</div>{PICTURE}<figcaption>Dawn.</figcaption>",
        f"{PICTURE}<p>1/2</p><figcaption>Dawn.</figcaption>",
        f"{PICTURE}<div>Image 1 of 2</div><figcaption>Dawn.</figcaption>",
        f"{PICTURE}<div>1 de 2</div><figcaption>Dawn.</figcaption>",
        f"{PICTURE}<div>Foto 1 di 2</div><figcaption>Dawn.</figcaption>",
        f"{PICTURE}<figcaption><span>1/2</span> Dawn.</figcaption>",
        f"{PICTURE}<figcaption><div>(1 / 2)</div><p>Dawn.</p></figcaption>",
    ],
)
def test_counters_are_left_out(figure: str) -> None:
    text = text_of(f"<figure>{figure}</figure>")
    assert "Dawn." in text
    assert "2" not in text.partition("Begin.")[2]


@pytest.mark.parametrize(
    "caption",
    ["Scale 1/12.", "Scale <span>1/12</span>", "3 / 4 of it.", "<span>1/12</span>", "<span>12/1</span> Dawn.", "<b>1/12</b> Dawn."],
)  # fmt: skip
def test_fractions_in_captions_stay(caption: str) -> None:
    text = text_of(f"<figure>{PICTURE}<figcaption>{caption}</figcaption></figure>")
    assert any(each in text for each in ("1/12", "3 / 4", "12/1"))


def test_numbers_outside_of_figures_stay() -> None:
    assert "1 / 2" in text_of(f"<div>{PICTURE}</div><div>1 / 2</div><p>Half of it.</p>")


def test_numbers_that_count_the_pictures_are_left_out() -> None:
    slide = "<div><span class=count>{0}/2</span><img src=https://e.org/{0}.jpg><p>Photo {0}.</p></div>"
    text = text_of(slide.format(1) + slide.format(2))
    assert "/2" not in text.partition("Begin.")[2].replace("e.org/2.jpg", "")
    scales = (
        "<div><img src=https://e.org/a.jpg><p>1/3</p></div><div><img src=https://e.org/b.jpg><p>1/2</p></div>"
    )
    assert "1/3" in text_of(scales) and "1/2" in text_of(scales)


def test_a_slide_show_has_no_counters() -> None:
    slide = f'<div class="mySlides"><div class="numbertext">1 / 3</div>{PICTURE}<div class="text">Dawn.</div></div>'
    text = text_of(slide)
    assert "Dawn." in text
    assert "1 / 3" not in text


@pytest.mark.parametrize("credit", ["Photo: Ann Ba", "<cite>Photo: Ann Ba</cite>"])
def test_a_credit_is_labelled_once(credit: str) -> None:
    assert "[Photo: Ann Ba]" in text_of(
        f"<figure>{PICTURE.replace('alt=', 'data-alt=')}<figcaption>{credit}</figcaption></figure>"
    )


def test_a_small_line_below_a_picture_is_its_caption() -> None:
    assert "[Photo: Dawn.]" in text_of(f"<p>{PICTURE}<br><small>Dawn.</small></p>")


def test_a_paragraph_that_describes_a_picture_is_its_caption() -> None:
    named = PICTURE.replace("alt=", 'aria-describedby="c7" alt=')
    assert "[Photo: Dawn.]" in text_of(f'<div>{named}<p id="c7">Dawn.</p><p id="c8">Noon.</p></div>')


@pytest.mark.parametrize(
    "html",
    [
        f'<p class="f_center">{PICTURE}<br>Dawn.<br></p>',
        f'<p class="ql-align-center">{PICTURE}</p><p class="ql-align-center">Dawn.</p>',
        f'<p><a href="https://e.org/p">{PICTURE}</a><span class="image__caption">Dawn.</span></p>',
        f'<p>{PICTURE}</p><p class="picIntro">Dawn.</p>',
        f"<p>{PICTURE}<br><sub>Dawn.</sub></p>",
        f'<div role="figure" aria-labelledby="c9">{PICTURE}<p id="c9">Dawn.</p></div>',
        f'<a href="https://e.org/b.jpg" data-title="a" data-description="Dawn, in May.">{PICTURE}</a>',
    ],
)
def test_captions_by_classes_and_attributes(html: str) -> None:
    assert "[Photo: Dawn" in text_of(html)


def test_a_long_centred_paragraph_is_no_caption() -> None:
    line = "The slip lay quiet when we came down the hill. Nobody was to be seen. It was then that she began to tell us her story."
    assert f"\n{line[:40]}" in text_of(f'<p>{PICTURE}</p><p class="text-center">{line} So she did.</p>')


def test_centred_paragraphs_in_a_row_are_no_captions() -> None:
    centred = '<p class="has-text-align-center">The slip lay quiet.</p>'
    assert "\nThe slip lay quiet." in text_of(f"<p>{PICTURE}</p>{centred * 2}")


def test_frames_that_check_who_sends_a_form_are_left_out() -> None:
    assert "Embed" not in text_of('<iframe src="https://www.google.com/recaptcha/api2/anchor?k=1"></iframe>')


def test_the_description_of_a_picture_for_screen_readers_stays() -> None:
    named = PICTURE.replace("alt=", 'aria-describedby="d" alt=')
    text = text_of(
        f'<figure>{named}</figure><div id="d" class="sr-only">It rises.</div><div class="sr-only">Skip.</div>'
    )
    assert "It rises." in text
    assert "Skip." not in text


def test_a_poll_has_a_line_for_each_answer() -> None:
    answers = "".join(f'<label><input type="radio" name="p"> {each}</label>' for each in ("Hemp", "Wire"))
    text = text_of(f"<p>Which rope?</p><form>{answers}<button type='submit'>Vote</button></form>")
    assert "Which rope?\n\nHemp\n\nWire\n\nEnd." in text


@pytest.mark.parametrize(
    ("box", "controls"),
    [
        ("slideshow", '<button class="prev">이전</button><button class="next">다음</button><span class="counter">1 / 2</span>'),
        ("image-slider", '<a class="prev" href="#">zurück</a><a class="next" href="#">weiter</a><div class="counter">1 von 2</div>'),
        ("post-slideshow-wrap", "<button>Anterior</button><button>Siguiente</button>"),
    ],
)  # fmt: skip
def test_the_controls_of_slide_shows_are_left_out(box: str, controls: str) -> None:
    slides = "".join(
        f'<div class="slide">{PICTURE}<p class="caption">{each}.</p></div>' for each in ("Dawn", "Dusk")
    )
    text = text_of(f'<div class="{box}">{slides}{controls}</div>')
    assert "Dawn." in text and "Dusk." in text
    for word in ("이전", "다음", "1 / 2", "zurück", "weiter", "1 von 2", "Anterior", "Siguiente"):
        assert word not in text
