"""Articles for pictures of pages: every kind of block, in several languages and scripts. Their news is fictional."""

import io
from datetime import UTC, datetime

import feed2doc
from feed2doc import model as m
from PIL import Image

from tests import kitchen_sink
from tests.kitchen_sink import p, t

_WHEN = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)


def add_picture(env: feed2doc.Env, url: str, size: tuple[int, int]) -> None:
    """Add a picture that gets lighter to the right."""
    data = io.BytesIO()
    Image.linear_gradient("L").rotate(90).resize(size).save(data, "PNG")
    env.assets.add(url, data.getvalue())


def _picture(env: feed2doc.Env, name: str, size: tuple[int, int]) -> m.Image:
    url = f"https://example.com/{name}.png"
    add_picture(env, url, size)
    return m.Image(url, name)


def _table(*rows: tuple[str, ...]) -> m.Table:
    return m.Table(
        tuple(tuple(m.Cell((p(text),), y == 0) for text in row) for y, row in enumerate(rows)), (t("Table"),)
    )


# A table that is wider than a line on paper.
HEADERS = ("船名", "出发的港口", "到达的港口", "出发的时间", "到达的时间", "船长的姓名", "说明")
ROW = (
    "海燕号",
    "北角的旧码头",
    "灯塔湾渡轮站",
    "上午六点一刻",
    "上午八点半左右",
    "林海与他的儿子",
    "停航三年之后首航",
)


def _article(
    number: int, headline: str, language: str, *sections: m.Section, publication: str = ""
) -> m.Document:
    return m.Document(
        id=str(number),
        url=f"https://example.com/{number}",
        headline=headline,
        language=language,
        publication=publication,
        byline=(m.Person("林海"), m.Person("Mei Lin")),
        published=_WHEN,
        sections=sections,
    )


def _chinese(env: feed2doc.Env) -> m.Document:
    text = "渡轮在停航三年之后重新靠岸，码头上站满了人。船长说：“我们等了很久。”作者·卡泰兰——他是Harbour Post的记者——也在2025年3月的人群里……"
    wide = _table(HEADERS, ROW)
    return _article(
        1,
        "港口的渡轮回到了灯塔之岸，作者·卡泰兰的长篇报道",
        "zh-CN",
        m.Section(
            blocks=(
                p(text),
                p(text),
                m.Figure(_picture(env, "quay", (900, 600)), (t("渡轮靠岸。"),), (t("海灯摄"),)),
                p(text),
                m.Figure(_picture(env, "captain", (600, 800)), (t("船长。"),)),
                wide,
            )
        ),
        m.Section((t("第二节"),), 1, (p(text), m.Figure(_picture(env, "lamp", (800, 800))), p(text))),
        publication="海港日报",
    )


def _japanese() -> m.Document:
    text = "三年ぶりに渡し船が港に戻り、岸壁には大勢の人が集まった。「長かった」と船長は話す。"
    ruby = m.Paragraph(
        (m.Ruby((t("渡船"),), "とせん"), t("が"), m.Ruby((t("桟橋"),), "さんばし"), t("に着く。"), t(text))
    )
    poem = m.Verse(((t("灰色の港"),), (t("灰色の光"),), (), (t("鐘が鳴る"),)))
    return _article(2, "渡し船が帰ってきた", "ja", m.Section(blocks=(ruby, p(text * 3), poem, p(text))))


def _english() -> m.Document:
    text = "The ferry to the north island runs again after three years, and the lighthouse keeper waves to each one. "
    code = m.CodeBlock(
        "def timetable(boat, quay):\n    return [row for row in rows if row.boat == boat and row.quay == quay]"
    )
    lists = (
        m.BulletList(((p("One boat"),), (p("Two boats"), m.BulletList(((p("and a raft"),),))))),
        m.OrderedList(((p("Buy a ticket"),), (p("Wait"),))),
    )
    times = _table(
        ("Boat", "Leaves", "Arrives"), *((f"Tern {n}", f"{n}:15", f"{n + 2}:30") for n in range(6, 18))
    )
    return _article(
        3,
        "The long way round North Point and back again",
        "en",
        m.Section(
            blocks=(p(text * 4, m.Note((p("Since 1902."),))), m.Quote((p(text),), (t("Ann Ba"),)), *lists)
        ),
        m.Section((t("Times"),), 1, (times, code, m.Aside((p(text),), (t("The boats"),)))),
        publication="Harbour Post",
    )


def _arabic() -> m.Document:
    text = "عادت العبارة إلى الميناء بعد ثلاث سنوات، ووقف الناس على الرصيف في انتظارها. "
    blocks = (
        p(text * 3),
        m.BulletList(((p("قارب"),), (p("قاربان"),))),
        m.Quote((p(text),), (t("القبطان"),)),
        p(text * 2),
    )
    return _article(4, "عودة العبارة إلى الميناء", "ar", m.Section(blocks=blocks))


def _hebrew() -> m.Document:
    text = "המעבורת חזרה לנמל אחרי שלוש שנים, והרציף מלא אנשים. "
    return _article(
        5, "המעבורת חזרה", "he", m.Section(blocks=(p(text * 4), _table(("סירה", "שעה"), ("שחף", "6:15"))))
    )


def page_book() -> tuple[m.Book, feed2doc.Env]:
    """Return all articles as one book, and the environment that has its pictures."""
    env = kitchen_sink.env()
    articles = (kitchen_sink.DOCUMENT, _chinese(env), _japanese(), _english(), _arabic(), _hebrew())
    return m.Book(title="港口", language="zh-CN", parts=(m.Part("", articles),)), env
