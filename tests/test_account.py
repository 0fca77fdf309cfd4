"""The account: everything in the source is in the Document, dropped by a rule, or noted as a loss."""

import feed2doc
from feed2doc import Env


def differences(html: str) -> list[str]:
    """Return what the account of an item with this HTML notes."""
    env = Env(audit=True)
    feed2doc.read(
        f"[Harbour](https://harbour.example/1)\n------\n<p>First.</p>{html}<p>Last.</p>".encode(), env=env
    )
    return [f"{d.message}: {d.text}" for d in env.diagnostics if d.rule == "account"]


def test_a_dropped_element_states_how_much_text_it_had() -> None:
    env = Env(audit=True)
    item = "[Harbour](https://harbour.example/1)\n------\n<p>First.</p><select><option>A b<option>C</select>"
    feed2doc.read(item.encode(), env=env)
    assert [(d.kind, d.rule, d.text, d.characters) for d in env.diagnostics if d.kind == "dropped"] == [
        ("dropped", "html: select", "A bC", 3)
    ]
