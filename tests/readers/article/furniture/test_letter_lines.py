"""Lines above and below a newsletter that lead to its page or end the subscription, in twelve languages."""

import re

import feed2doc
import pytest

from tests.readers.article.authors.test_roles_of_names import article

ABOVE = {
    "ar": ["إذا لم تتمكن من رؤية هذه الرسالة [اضغط هنا]", "هل وصلتك هذه الرسالة من صديق؟ [اشترك هنا]"],
    "de": [
        "Probleme mit der Darstellung? [Im Browser ansehen]",
        "Hast du diese Mail von einem Freund bekommen? [Hier abonnieren].",
        "Wird diese Nachricht nicht richtig dargestellt, [klicken Sie bitte hier].",
        "Falls der Newsletter nicht korrekt angezeigt wird, [klicken Sie bitte hier].",
    ],
    "en": [
        "If you can't see this message, [view it online].",
        "Having trouble? [View in your browser].",
        "Was this email forwarded to you? [Sign up here].",
        "Got this email from a friend? [Sign up here].",
    ],
    "es": ["¿No ve correctamente este correo? [Pulse aquí].", "¿No se ve bien? [Ver en el navegador]"],
    "fr": [
        "Un problème d’affichage ? [Version en ligne]",
        "Si vous ne parvenez pas à lire cet e-mail, [cliquez ici].",
    ],
    "it": ["Non visualizzi correttamente questa email? [Clicca qui]."],
    "ja": ["このメールが正しく表示されない方は[こちら]"],
    "ko": ["이메일이 잘 보이지 않나요? [웹으로 보기]"],
    "pt": [
        "Não consegue ver este e-mail? [Clique aqui].",
        "Recebeu este e-mail de um amigo? [Inscreva-se aqui].",
    ],
    "ru": ["Письмо отображается некорректно? [Откройте в браузере]."],
    "zh": [
        "如果邮件显示异常，请[点击这里在浏览器中查看]",
        "如無法正常閱讀此電子報，請[點此瀏覽網頁版]。",
        "[網頁版]",
        "如果无法正常显示，请[点击这里在浏览器中查看]",
        "如果無法正常顯示本信，請[點此線上閱讀]",
    ],
}
BELOW = {
    "ar": ["وصلتك هذه الرسالة لأنك مشترك في نشرتنا."],
    "de": [
        "Wenn Sie diesen Newsletter nicht mehr erhalten möchten, [klicken Sie hier].",
        "[Weiterleiten] | [Einstellungen ändern] | [Abbestellen]",
        "[Weiterleiten]",
    ],
    "es": ["[Reenviar a un amigo] | [Actualizar preferencias] | [Darse de baja]"],
    "ru": ["[Переслать другу] | [Изменить настройки] | [Отписаться]"],
    "en": [
        "Quay Post © 2025 – [Unsubscribe]",
        "[Forward]",
        "[Click to share]",
        "Refer 3 friends and get a mug.",
        "You have 0 referrals.",
        "Sent to ann@quay.example. [Update your email settings]",
        "No longer want these emails? [Unsubscribe].",
        "To stop receiving these emails, [click here].",
    ],
    "fr": ["Cet email a été envoyé à ann@quay.example.", "Pour ne plus recevoir nos lettres, [cliquez ici]."],
    "it": ["Per non ricevere più la newsletter [clicca qui]."],
    "ja": ["メルマガの解除は[こちら]から", "このメールは送信専用です。返信はできません。"],
    "ko": ["더 이상 메일을 받고 싶지 않으시면 [수신거부]를 눌러주세요."],
    "pt": ["Para não receber mais, [clique aqui]."],
    "zh": ["若您不想再收到電子報，請[點此取消訂閱]", "本邮件由系统自动发出，请勿直接回复。"],
}
TEXTS = {
    "de": [
        "Die Nachricht wurde [an die Presse] weitergeleitet.",
        "Wird die Nachricht [weitergeleitet], haftet der Absender.",
    ],
    "en": [
        "I read the message [online] and cried.",
        "His [email to the staff] was forwarded to the press.",
        "The newsletter of the harbour, [now online], began in 1911.",
        "If you go to the harbour, [read the plaque] first.",
        "If you missed the update, [read it on our website].",
        "This email was [forwarded to the police] on Monday.",
        "Got this from a friend? [Read the story of the lamp].",
        "You have, says the doctor, no referrals at all.",
        "Was this letter ever [online]? No, the archive says.",
        "Where is the letter? [View online] is all that it says.",
        "Who wrote it? [The keeper of the lamp].",
        "[The mast] | [The sail] | [The anchor]",
    ],
    "es": ["El mensaje fue [reenviado] a la prensa."],
    "fr": ["La lettre est [en ligne] depuis lundi, dit le maire."],
    "ko": ["더 이상 편지를 쓰지 않는다. [웹에서] 만난다."],
    "ja": ["メールが届いた。[退会]した会員からだった。", "そのメールは[こちら]に解除の理由を書いていた。"],
    "zh": ["这封信[在线阅读]的人超过一万。", "她看不到母亲的这封信，[记者]说。"],
}


def letter(line: str, language: str, place: str) -> str:
    html = re.sub(r"\[(.+?)\]", r'<a href="https://quay.example/x">\1</a>', line)
    printed = str(feed2doc.write(article(html, language, place), "md"))
    return re.sub(r"\]\([^)]*\)|[\[ ]|\n", "", printed)


def words(line: str) -> str:
    return re.sub(r"[\[\] ]", "", line)


@pytest.mark.parametrize(("language", "line"), [(each, line) for each in ABOVE for line in ABOVE[each]])
def test_lines_above_a_letter_are_left_out(language: str, line: str) -> None:
    assert words(line) not in letter(line, language, "above")


@pytest.mark.parametrize(("language", "line"), [(each, line) for each in BELOW for line in BELOW[each]])
def test_lines_below_a_letter_are_left_out(language: str, line: str) -> None:
    assert words(line) not in letter(line, language, "below")


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize(("language", "line"), [(each, line) for each in TEXTS for line in TEXTS[each]])
def test_sentences_about_letters_stay(language: str, line: str, place: str) -> None:
    assert words(line) in letter(line, language, place)


@pytest.mark.parametrize(
    "line",
    [
        "Thanks for reading this post via RSS. RSS is great. <a href='mailto:a@quay.example'>Reply by email</a>",
        "Thank you for using RSS.",
        "You’re reading this via RSS. <a href='/a'>Read it on the site</a>",
    ],
)
def test_thanks_to_readers_of_a_feed_are_left_out(line: str) -> None:
    feed = f"<rss><channel><title>Quay</title><item><title>h</title><description><![CDATA[<p>The rope holds.</p><hr><p>{line}</p>]]></description></item></channel></rss>"
    text = feed2doc.model.plain_article(feed2doc.read(feed.encode()))
    assert "RSS" not in text and "The rope holds." in text


def test_the_buttons_of_a_letter_of_substack_are_left_out() -> None:
    buttons = "".join(
        f"<td><a href='https://hive.example/{each}'>{each}</a></td>" for each in ("Like", "Restack")
    )
    page = f"<p>The hive is open.</p><table class='email-ufi-2-bottom'><tr>{buttons}</tr></table>"
    document = feed2doc.read(f"[Hive](https://hive.example/1)\n\n------\n\n{page}".encode())
    assert "Restack" not in str(feed2doc.write(document, "txt"))


@pytest.mark.parametrize(
    ("line", "is_left_out"),
    [
        ('不想再收到？<a href="https://e.org/u">点此退订</a>', True),
        ('¿No quieres recibir más correos? <a href="https://e.org/u">Date de baja aquí</a>', True),
        ('Не хотите получать письма? <a href="https://e.org/u">Отписаться</a>', True),
        ('Don’t want these any more? <a href="https://e.org/u">Unsubscribe here</a>.', True),
        ('Who has done it? <a href="https://e.org/u">The keeper of the lamp</a>', False),
        (
            'Who has done it? <a href="https://e.org/u">Unsubscribe from the harbour, says the keeper</a>',
            False,
        ),
    ],
)
def test_a_question_at_the_end_whose_answer_is_to_unsubscribe(line: str, is_left_out: bool) -> None:
    page = f"<p>The bell rang three times this week.</p><p>The ferry stays in tomorrow.</p><p>{line}</p>"
    written = feed2doc.write(feed2doc.read(page.encode()), "text", width=0)
    assert isinstance(written, str)
    assert ("?" not in written and "？" not in written) == is_left_out
