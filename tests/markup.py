"""An article of one paragraph and the markup that a test is about."""

import feed2doc
from feed2doc import model as m

P = "<p>The rope holds until noon. Then it is mended again.</p>"


def blocks_of(html: str) -> list[m.Block]:
    """Return the blocks of this markup after a paragraph of an article, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"[h](https://quay.example/a)\n------\n{P}{html}".encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"], env.diagnostics
    return [block for section in document.sections for block in section.blocks][1:]
