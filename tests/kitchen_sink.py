"""A document with every node and every field, for the golden files. Its news is fictional."""

from datetime import UTC, datetime, timedelta, timezone

import feed2doc
from feed2doc import model as m

PICTURE = "https://example.com/harbour.png"
# The smallest valid PNG: one grey pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000 3a7e9b55 0000000a 49444154 789c63680000008200 81 775dac5d 0000000049454e44ae426082".replace(
        " ", ""
    )
)


def t(value: str) -> m.Text:
    return m.Text(value)


def p(*content: m.Inline | str) -> m.Paragraph:
    return m.Paragraph(tuple(m.Text(c) if isinstance(c, str) else c for c in content))


DOCUMENT = m.Document(
    id="https://example.com/1",
    headline="港口重开：灯塔“亮”了 & <更多>",
    url="https://example.com/news/1?a=1&b=2",
    byline=(m.Person("Mei Lin", "MEI LIN"), m.Person("林海", "林海")),
    byline_text="MEI LIN, 林海",
    published=datetime(2025, 2, 25, 11, 13, 15, tzinfo=timezone(timedelta(hours=8))),
    published_text="2025年2月25日",
    updated=datetime(2025, 2, 25, 4, 0, tzinfo=UTC),
    archived=datetime(2025, 2, 25, 3, 37, 1, tzinfo=UTC),
    language="zh-CN",
    publication="海港日报",
    standfirst=(t("停航三年之后，渡轮回来了。"),),
    summary="只在元数据里：渡轮回来了。",
    tags=("海港", "渡轮"),
    lead=m.Figure(m.Image(PICTURE, "", "标题", 800, 520), (t("渡轮靠岸。"),), (t("Otto Berg/海港图片社"),)),
    sections=(
        m.Section(
            blocks=(
                p("周一，", m.Link((t("海港局"),), "https://example.com/port", "Port"), "说，", m.Strong((t("“亮了”"),)), "的灯。"),
                p(m.Strong((t("强调。"),)), "文字", m.Emph((t("轻声"),)), "，", m.Strike((t("旧价"),)), m.LineBreak(), "第二行"),
                p("H", m.Sub((t("2"),)), "O 与 x", m.Sup((t("2"),)), "，", m.Code("a`b"), "，", m.Span((t("Bonjour"),), "fr")),
                p(m.Ruby((t("漢"),), "かん"), m.InlineImage(m.Image("https://example.com/i.png", "图标")), "注", m.Note((p("脚注的话。"),)), "。"),
                p("面积 ", m.Math(r"\pi r^{2}", text="πr²"), "，距离 ", m.Math(r"\frac{a}{b}", text="a/b"), "。"),
                m.Math(r"E = mc^2", text="E = mc²", display=True),
                p("昨日", m.Insert((t("新增"),)), "，", m.Highlight((t("要点"),)), "，", m.Quotation((t("“亮了”"),)), "，", m.Abbreviation((t("MHWS"),), "Mean High Water Springs"), "。"),
                p("# 不是标题 * _ [ ] < > | ~ \\ & &amp; 1. "),
                m.Rule(),
            )
        ),
        m.Section(
            (t("第二节"),),
            1,
            (
                m.BulletList(((p("一"),), (p("二"), m.BulletList(((p("二之一"),),))))),
                m.OrderedList(((p("三"),), (p("四"), p("四的第二段"))), 3),
                m.OrderedList(((p("丙"),), (p("庚"),)), 3, numbering="a", values=(3, 7)),
                m.OrderedList(((p("最后"),), (p("其次"),)), 2, numbering="I", reversed=True),
                m.BulletList(((p("已做"),), (p("未做"), m.BulletList(((p("其一"),),))), (p("不计"),)), tasks=(True, False, None)),
                m.Verse(((t("灰色的港"),), (t("\u00a0\u00a0灰色的光"),), (), (t("钟 <响> *了*"),))),
                m.DefinitionList((m.Definition((t("灯塔"),), ((p("海边的灯。"),),)),)),
                m.Quote((p("我们等了三年。"), m.Heading(3, (t("引文里的标题"),))), (t("港长"),)),
            ),
        ),
        m.Section(
            (t("表与框"),),
            2,
            (
                m.Table(
                    (
                        (m.Cell((p("航线"),), True), m.Cell((p("班次 | 日"),), True, "right", 2)),
                        (m.Cell((p("北岛"),), rowspan=2), m.Cell((p("4"),), align="right"), m.Cell((p("5"),))),
                        (m.Cell((p("6"),), align="right"), m.Cell()),
                    ),
                    (t("每日班次"),),
                ),
                m.CodeBlock("def light():\n    return '```'", "python"),
                m.Aside((p("渡轮满载 90 人。"),), (t("数字"),)),
                m.Embed("video", "https://example.com/v.mp4", "试航", m.Image("https://example.com/p.jpg")),
                m.Figure(m.Image("https://example.com/gone.jpg"), (t("不在手边的图片。"),), (t("海灯"),)),
                m.Figure(None, (t("只有说明。"),)),
                m.Figure(m.Image(PICTURE, "海图"), url="https://example.com/chart"),
            ),
        ),
    ),
    credits=(
        m.Credit("contributor", (t("Ann Ba对本文有研究贡献。"),), "Ann Ba"),
        m.Credit("author-bio", (t("林海是记者。"),), "林海"),
        m.Credit("translator", (t("翻译：海灯"),), "海灯"),
        m.Credit("rights", (t("© 2025 海港日报"),)),
        m.Credit("original", (m.Link((t("点击查看本文英文版。"),), "https://example.com/en"),), url="https://example.com/en"),
    ),
    original_url="https://example.com/en",
    source_format="item",
)  # fmt: skip


def env() -> feed2doc.Env:
    """Return an environment in which one of the document's pictures is available."""
    surroundings = feed2doc.Env()
    surroundings.assets.add(PICTURE, PIXEL)
    return surroundings
