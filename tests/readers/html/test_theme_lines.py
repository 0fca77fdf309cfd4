"""Lines that programs and their themes print around posts are no text: navigation, buttons, counters, notices about comments."""

import feed2doc
import pytest

from tests.readers.article.furniture.test_author_links import TEXTS

HOST = "https://quay.example"


def read(language: str, *, above: str = "", below: str = "") -> feed2doc.Document:
    text = f"<p>{TEXTS[language]}</p>"
    item = f"[1]({HOST}/1)\n------\n{above}{text}{text}{below}"
    return feed2doc.read(item.encode())


def body(document: feed2doc.Document) -> str:
    head, mark, rest = str(feed2doc.write(document, "text")).partition(f"{HOST}/1\n")
    assert mark and head
    return " ".join(rest.split())


LINKED = [
    ("en", "Next →", "/2"),
    ("en", "Edit this page", "https://forge.example/edit/1"),
    ("en", "Add new comment", "/1#respond"),
    ("en", "Skip to content", "#content"),
    ("en", "Copy to clipboard", "#"),
    ("en", "Read more about 1", "/1"),
    ("en", "Discuss this on our forum", "https://forum.example/t/1"),
    ("en", "Discuss on Hacker News", "https://news.example/item?id=1"),
    ("de", "Im Forum diskutieren", "https://forum.example/t/1"),
    ("fr", "Réagir sur le forum", "https://forum.example/t/1"),
    ("es", "Comenta en el foro", "https://forum.example/t/1"),
    ("ru", "Обсудить на форуме", "https://forum.example/t/1"),
    ("ja", "フォーラムで議論する", "https://forum.example/t/1"),
    ("ko", "포럼에서 토론하기", "https://forum.example/t/1"),
    ("zh-CN", "去论坛讨论", "https://forum.example/t/1"),
    ("zh-TW", "到論壇討論", "https://forum.example/t/1"),
    ("de", "Diese Seite bearbeiten", "/edit"),
    ("de", "Nach oben", "#top"),
    ("fr", "Articles précédents", "/page/2"),
    ("es", "Dejar un comentario", "/1#respond"),
    ("pt", "Publicação mais antiga", "/0"),
    ("it", "Modifica questa pagina", "/edit"),
    ("ru", "Следующая страница", "/2"),
    ("ja", "このページを編集", "/edit"),
    ("ko", "이전 게시물", "/0"),
    ("zh-CN", "上一页", "/0"),
    ("zh-CN", "跳到主要内容", "#main"),
    ("zh-TW", "繼續閱讀...", "/1#more-1"),
    ("ar", "المقالة التالية", "/2"),
]


@pytest.mark.parametrize(("language", "line", "href"), LINKED)
def test_links_around_posts(language: str, line: str, href: str) -> None:
    link = f'<a href="{href}">{line}</a>'
    for block in (f"<p>{link}</p>", f'<div class="x">{link}</div>', f"<footer>{link}</footer>"):
        assert line not in body(read(language, below=block))
    assert line not in body(read(language, above=f"<p>{link}</p>"))


LAST = [
    ("en", "Posted on May 5, 2021"),
    ("en", "This entry was posted in Travel and tagged sea by Ann Ba. Bookmark the permalink."),
    ("en", "Sorry, comments are closed for this item."),
    ("en", "Pages: 1 2 3"),
    ("de", "Die Kommentarfunktion wurde für diesen Beitrag deaktiviert."),
    ("fr", "J’aime ça :"),
    ("es", "Disculpa, debes iniciar sesión para escribir un comentario."),
    ("pt", "Os comentários para este item estão fechados."),
    ("it", "I commenti sono chiusi per questo articolo."),
    ("ru", "Извините, обсуждение этой записи закрыто."),
    ("ja", "この投稿へのコメントは受け付けていません。"),
    ("ko", "작성됨: 2021년 5월 5일"),
    ("zh-CN", "此条目由 林海生 发表在 旅行 分类目录，并贴了 海 标签。将固定链接加入收藏夹。"),
    ("zh-TW", "抱歉，你必須要登入才能發表迴響喔！"),
    ("ar", "تاريخ النشر: 5 مايو 2021"),
]


@pytest.mark.parametrize(("language", "line"), LAST)
def test_lines_at_the_end_of_posts(language: str, line: str) -> None:
    assert line not in body(read(language, below=f"<p>{line}</p>"))


COUNTS = [
    ("en", "Word count: 1.2k"),
    ("en", "1,234 words"),
    ("de", "Lesezeit: 3 Minuten"),
    ("de", "Lesedauer: ca. 3 Min."),
    ("fr", "Temps de lecture : 3 minutes"),
    ("es", "Tiempo de lectura: 3 minutos"),
    ("pt", "Tempo de leitura: 3 minutos"),
    ("it", "Tempo di lettura: 3 minuti"),
    ("ru", "Время чтения: 3 минуты"),
    ("ko", "읽는 시간 3분"),
    ("zh-CN", "阅读时间：3分钟"),
    ("zh-CN", "全文共 2345 字，阅读大约需要 6 分钟"),
    ("zh-TW", "閱讀時間：約 3 分鐘"),
    ("ar", "وقت القراءة: 3 دقائق"),
    ("de", "Lesezeit ≈ 5 minuten."),
    ("fr", "Il reste encore 5 min. de lecture"),
    ("es", "Cantidad de caracteres en el articulo: 1.2k"),
    ("pt", "5 min para ler"),
    ("it", "5 minuti di lettura"),
    ("ru", "5 мин. чтения"),
    ("ja", "このページは約5分で読めます"),
    ("ko", "읽기 시간: 5 분"),
    ("zh-CN", "阅读时长 ≈ 5 分钟"),
    ("zh-TW", "字數統計：1.2k"),
    ("ar", "5 دقائق قراءة"),
]


@pytest.mark.parametrize(("language", "line"), COUNTS)
def test_counts_around_posts(language: str, line: str) -> None:
    for place in ("above", "below"):
        assert line not in body(read(language, **{place: f"<p>{line}</p>"}))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Next, the <a>captain</a> sold his boat."),
        ("en", "Edit the log before the <a>harbour master</a> comes."),
        ("en", "Posts by <a>the quay</a> are painted white."),
        ("en", "Next →"),
        ("en", "Posted on the door was a note from Ann"),
        ("de", "Zurück nach oben stieg nur der <a>Lotse</a>."),
        ("fr", "Suivant <a>le capitaine</a>, le port est fermé."),
        ("ru", "Назад <a>дороги</a> нет."),
        ("ja", "次へ進む<a>船</a>を見た。"),
        ("zh-CN", "阅读时间总是不够，老教师把书带到<a>渡船</a>上去看。"),
        ("zh-TW", "上一頁是<a>碼頭</a>的地圖。"),
        ("en", "Created 12 jobs in one small harbour."),
        ("en", "Published: 12 books, 3 plays."),
        ("de", "Veröffentlicht 12 Bücher in fünf Jahren."),
        ("fr", "Posté 3 jours devant la porte."),
        ("ru", "Размещено 40 беженцев в школе."),
        ("ja", "作成 5分、加熱 10分"),
        ("es", "Publicado en <a>El País</a>"),
        ("zh-CN", "发表在 <a>《新青年》第四卷</a>"),
        ("de", "Beiträge von <a>Anna Berger</a> und <a>Otto Kern</a>"),
        ("en", "Posts by <a>the sea</a> rot first"),
        ("ja", "さらに詳しい資料は<a>こちら</a>"),
    ],
)
def test_sentences_with_the_same_words_stay(language: str, line: str) -> None:
    words = line.replace("<a>", "").replace("</a>", "[1]")
    linked = line.replace("<a>", f'<a href="{HOST}/2">')
    for place in ("above", "below"):
        assert words in body(read(language, **{place: f"<p>{linked}</p>"}))


@pytest.mark.parametrize(
    "title", ["Contents", "目录", "Inhaltsverzeichnis", "На этой странице", "جدول المحتويات"]
)
def test_the_title_of_contents_goes_with_them(title: str) -> None:
    listed = '<ul><li><a href="#one">Ropes</a></li><li><a href="#two">Tar</a></li></ul>'
    text = "".join(
        f'<h2 id="{name}">{words}</h2><p>{words} on the quay.</p>'
        for name, words in (("one", "Ropes"), ("two", "Tar"))
    )
    written = body(read("en", below=f"<h2>{title}</h2>{listed}{text}"))
    assert title not in written and written.count("Ropes") == 2


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("en", '<div class="byline">Post author Ann Carter</div>', "Ann Carter"),
        ("de", '<div class="byline">Beitragsautor Anna Berger</div>', "Anna Berger"),
        ("ja", '<div class="byline">投稿者 山田花子</div>', "山田花子"),
        ("ar", '<div class="byline">بواسطة ليلى حداد</div>', "ليلى حداد"),
        ("zh-CN", "<p>本文由 王小明 发布于 2021年5月5日</p>", "王小明"),
        ("zh-CN", "<p>发表于 2021年5月5日 由 王小明</p>", "王小明"),
    ],
)
def test_labels_of_authors(language: str, line: str, name: str) -> None:
    assert [person.name for person in read(language, above=line).byline] == [name]


@pytest.mark.parametrize(
    "html",
    [
        "<p>5 Minuten Lesezeit</p>",
        "<table><tr><td>5 Minuten Lesezeit</td><td>Mo</td></tr><tr><td>6 Minuten Lesezeit</td><td>Di</td></tr></table>",
        '<h2 id="a1"><a href="#b1">Copy</a></h2>',
        '<p><a href="#0">Anchor</a></p><p><a href="#1">Copy</a></p><p><a href="#2">Rope</a></p>',
        '<dl><dt><a href="#copy">Copy</a></dt><dd>Writes a text twice.</dd></dl>',
    ],
)
def test_in_the_text_they_stay(html: str) -> None:
    text = f"<p>{TEXTS['en']}</p>"
    written = body(read("en", below=f"{html}{text}"))
    assert "Copy" in written or "5 Minuten Lesezeit" in written


def test_what_a_colon_announces_stays() -> None:
    assert "Word count: 500" in body(read("en", below="<p>The sign says:</p><p>Word count: 500</p>"))


def test_a_biography_ends_with_the_title_of_a_book() -> None:
    bio = f'<p><em>Ann Carter is the author of <a href="{HOST}/b">Posts by Night</a></em></p>'
    assert "Posts by Night" in body(read("en", below=bio))


@pytest.mark.parametrize("heading", ["由来已久", "Auteur Theory Explained", "博主 日记"])
def test_headings_are_no_authors(heading: str) -> None:
    document = read("zh-CN", above=f"<h2>{heading}</h2>")
    assert document.byline == () and heading in body(document)


@pytest.mark.parametrize(
    ("language", "row"),
    [
        (
            "en",
            '<a href="/1">Permalink</a> | <a href="#c">Comments</a> | <a href="mailto:a@quay.example">Email This</a>',
        ),
        ("fr", '<a href="/1">Permalien</a> | <a href="#c">Commentaires</a>'),
        ("de", '<a href="#c">Kommentare</a> · <a href="/1">Permalink</a>'),
        ("zh-CN", '<a href="/1">固定链接</a> | <a href="#c">评论</a>'),
    ],
)
def test_rows_with_a_link_to_the_comments_below(language: str, row: str) -> None:
    words = row.rpartition("</a>")[0].rpartition(">")[2]
    assert words not in body(read(language, below=f"<p>{row}</p>"))


def test_a_row_with_other_words_stays() -> None:
    row = '<p>The <a href="/1">Permalink</a> | Ropes hold better with tar</p>'
    assert "Ropes hold better with tar" in body(read("en", below=row))
