"""Pictures from a real server on loopback: each kind of failure costs one picture, and none opens a way in."""

import gzip
import ipaddress
import socket
import ssl
import sys
import time
import tomllib
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpcore
import httpx
import pytest
from feed2doc import Document, Env
from feed2doc.batch.item import Item
from feed2doc.batch.job import Job, PictureSettings, Target
from feed2doc.batch.run import Run
from feed2doc.batch.store import FileStore
from feed2doc.model import Figure, Image, Section
from feed2doc.network.addresses import AddressRefusedError, PublicAddresses, addresses_of, is_public
from feed2doc.network.decoding import STEP, DecodingError, decoded
from feed2doc.network.transport import Transport
from feed2doc.pictures.cache import MOST_SECONDS, PictureCache
from feed2doc.pictures.fetcher import Fetcher
from feed2doc.pictures.gather import gather

from tests.picture_server import JPEG, Server, redirect, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def fetch(server: Server, path: str, seconds: float = 10, referer: str = "") -> tuple[bytes | None, str]:
    """Return the picture at this path, and why there is none."""
    with Fetcher(allow_hosts=["127.0.0.1"], seconds=seconds) as fetcher:
        fetched = fetcher.fetch(Image(server.url(path)), referer)
    return fetched.data, fetched.reason


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/404", "status 404"),
        ("/500", "status 500"),
        ("/referer", "status 403"),
        ("/loop", "more than 5 redirects"),
        ("/file", "not a web address: file:"),
        ("/endless", "larger than 25 MiB"),
        ("/bomb", "larger than 25 MiB"),
        ("/brotli", "the encoding 'br', which was not asked for"),
        ("/cut-gzip", "truncated gzip"),
        ("/not-gzip", "invalid gzip"),
        ("/gone", "peer closed connection"),
        ("/html.jpg", "not a picture that can be shown"),
        ("/svg", "not a picture that can be shown"),
        ("/truncated", "not a picture that can be shown"),
        ("/gzip-twice", "encoding 'gzip, gzip', which was not asked for"),
        ("/huge", "more than 64,000,000 pixels"),
        ("/empty", "not a picture that can be shown"),
        ("/short", "not a picture that can be shown"),
    ],
)
def test_responses_that_are_not_pictures_are_refused_with_the_reason(
    server: Server, path: str, reason: str
) -> None:
    data, why = fetch(server, path)
    assert data is None and reason in why


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_bodies_are_decoded_in_small_steps(pack: Callable[[bytes], bytes]) -> None:
    content = bytes(20 * STEP) + b"end"
    steps = list(decoded([pack(content)], "gzip"))
    assert b"".join(steps) == content and max(map(len, steps)) == STEP
    assert list(decoded([content], "identity")) == [content]


def test_a_body_may_have_several_members() -> None:
    first, second = gzip.compress(b"ferry "), gzip.compress(b"boat")
    for chunks in (
        [first + second],
        [bytes([each]) for each in first + second],
        [first, b"", second, b"\0\0"],
    ):
        assert b"".join(decoded(chunks, "gzip")) == b"ferry boat"
    with pytest.raises(DecodingError, match="truncated"):
        list(decoded([first + second[:-3]], "gzip"))


@pytest.mark.parametrize("path", ["/ok.jpg", "/moved", "/webp", "/avif", "/busy", "/gzip", "/tag"])
def test_pictures_are_fetched(server: Server, path: str) -> None:
    data, why = fetch(server, path)
    assert data and why == ""


def test_a_picture_is_requested_with_the_article_as_referer(server: Server) -> None:
    data, _ = fetch(server, "/referer", referer="http://harbour.example/article")
    assert data == JPEG and ("/referer", "http://harbour.example/article") in server.requests


def test_an_unencrypted_request_does_not_name_an_encrypted_article(server: Server) -> None:
    assert fetch(server, "/referer", referer="https://harbour.example/article") == (None, "status 403")
    assert ("/referer", "") in server.requests


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/drip", "/drip-header", "/endless-header"])
def test_a_slow_response_ends_in_time(server: Server, path: str) -> None:
    start = time.monotonic()
    data, why = fetch(server, path, seconds=1)
    assert data is None and why == "took too long" and time.monotonic() - start < 30  # the whole takes longer


@pytest.mark.slow
def test_retry_after_is_honoured_and_errors_are_retried(server: Server) -> None:
    server.counts.pop("/busy", None)
    start = time.monotonic()
    assert fetch(server, "/busy")[0] == JPEG and time.monotonic() - start >= 1
    server.counts.pop("/500", None)
    fetch(server, "/500")
    assert server.counts["/500"] == 3
    server.counts.pop("/404", None)
    fetch(server, "/404")
    assert server.counts["/404"] == 1


@pytest.mark.parametrize("value", ["²", "Mon, 03 Mar 2025 08:00:00 +99999999999999999999", "soon", ""])
def test_a_time_that_is_none_in_retry_after_is_ignored(value: str) -> None:
    answer = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: %b\r\nContent-Length: 0\r\n\r\n"
    backend = httpcore.MockBackend([answer % value.encode("latin-1")])
    transport = Transport(PublicAddresses(["127.0.0.1"], backend), lambda _: "", sleep=lambda _: None)
    with closing(transport):
        refused = transport.handle_request(httpx.Request("GET", "http://127.0.0.1/"))
    assert refused.status_code == 502 and "retry-after" not in refused.headers


def test_the_proxy_is_asked_when_the_origin_fails(server: Server) -> None:
    with Fetcher(allow_hosts=["127.0.0.1"]) as fetcher:
        fetched = fetcher.fetch(Image(server.url("/404"), fallback_src=server.url("/ok.jpg")))
    assert fetched.data


def test_at_most_two_at_a_time_from_one_host(server: Server) -> None:
    server.most_at_once = 0
    with Fetcher(allow_hosts=["127.0.0.1"]) as fetcher, ThreadPoolExecutor(6) as pool:
        found = list(pool.map(fetcher.fetch, [Image(server.url(f"/n{n}.jpg")) for n in range(30)]))
    assert len(found) == 30 and all(f.data for f in found) and server.most_at_once <= 2


def test_own_machine_is_refused_unless_allowed(server: Server) -> None:
    before = len(server.requests)
    with Fetcher() as fetcher:
        for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"):
            fetched = fetcher.fetch(Image(server.url("/ok.jpg", host)))
            assert fetched.data is None and "not a public address" in fetched.reason, fetched.reason
    assert len(server.requests) == before


def test_a_redirect_to_another_local_machine_is_refused() -> None:
    with (
        serving("127.0.0.2") as inner,
        serving(more={"/in": redirect(inner.url("/ok.jpg", "127.0.0.2"))}) as outer,
    ):
        data, why = fetch(outer, "/in")
        assert data is None and why == "127.0.0.2 is not a public address"
        assert inner.requests == []


class Recording(httpcore.NetworkBackend):
    """A network that records where it is asked to connect, and connects nowhere."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[str] = []
        self._error = error or httpcore.ConnectError("recorded")

    def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> httpcore.NetworkStream:
        self.asked.append(host)
        raise self._error


def test_an_unreachable_host_is_tried_three_times_and_no_more() -> None:
    network = Recording()
    with Fetcher(backend=network) as fetcher:
        reasons = [fetcher.fetch(Image(f"http://93.184.216.34/{n}.jpg")).reason for n in range(5)]
    assert reasons == ["no connection to 93.184.216.34"] * 5 and len(network.asked) == 3


def test_a_host_is_asked_again_after_a_minute_and_what_is_kept_needs_no_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = Recording(httpcore.ConnectTimeout("late"))
    url = "http://93.184.216.34/{}.jpg"
    cache = PictureCache(tmp_path / "kept.sqlite")
    cache.keep(url.format("kept"), b"kept")
    cache.close()
    with Fetcher(tmp_path / "kept.sqlite", backend=network) as fetcher:
        for n in range(3):
            assert fetcher.fetch(Image(url.format(n))).reason == "no connection to 93.184.216.34"
        assert len(network.asked) == 1
        assert fetcher.fetch(Image(url.format("kept"))).data == b"kept"
        later = time.monotonic() + 61
        monkeypatch.setattr("feed2doc.pictures.fetcher.time", SimpleNamespace(monotonic=lambda: later))
        fetcher.fetch(Image(url.format(9)))
    assert len(network.asked) == 2


def test_a_feed_whose_host_answers_late_is_tried_again() -> None:
    network = Recording(httpcore.ConnectTimeout("late"))
    transport = Transport(PublicAddresses((), network), lambda _: "", sleep=lambda _: None)
    assert transport.handle_request(httpx.Request("GET", "http://93.184.216.34/feed")).status_code == 502
    assert len(network.asked) == 3


class Silent(httpcore.SyncBackend):
    """A network that writes down where it connects to, and waits for an answer for a moment only."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> httpcore.NetworkStream:
        with self.log.open("a") as file:
            file.write(f"{host}:{port}\n")
        return super().connect_tcp(host, port, 0.1)


@pytest.fixture
def down() -> Iterator[str]:
    """Start a server that takes no more connections, so that connecting to it is not answered, and yield its address."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as stack:
        while True:
            client = stack.enter_context(socket.socket())
            client.settimeout(0.1)
            try:
                client.connect(server.getsockname())
            except TimeoutError:
                break
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_host_that_does_not_answer_costs_one_time_out_for_all_pictures_of_all_articles(
    down: str, tmp_path: Path
) -> None:
    articles = [
        Document(
            id=str(n), sections=(Section(blocks=tuple(Figure(Image(f"{down}/{n}{m}")) for m in range(9))),)
        )
        for n in range(3)
    ]
    log = tmp_path / "log"
    with Fetcher(allow_hosts=["127.0.0.1"], backend=Silent(log)) as fetcher:
        for article in articles:
            env = Env()
            gather(article, env, fetcher)
            assert [note.message.partition(": ")[2] for note in env.diagnostics] == [
                "no connection to 127.0.0.1"
            ] * 9
    # The first two ask at the same time.
    assert 1 <= log.read_text().count(down.removeprefix("http://")) <= 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_host_that_does_not_answer_costs_each_process_of_a_run_one_time_out(
    down: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    log, start = tmp_path / "log", Fetcher.__init__

    def silent(fetcher: Fetcher, *arguments: Any, **named: Any) -> None:
        start(fetcher, *arguments, **named, backend=Silent(log))

    monkeypatch.setattr(Fetcher, "__init__", silent)  # also in worker processes, which are forked:
    monkeypatch.delitem(sys.modules, "typst", raising=False)  # after Typst was used, they would be spawned
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    items = []
    for n in range(60):
        items.append(Item(str(tmp_path / f"{n}.txt")))
        pictures = "".join(f'<p><img src="{down}/{n}-{m}.jpg"></p>' for m in range(3))
        Path(items[-1].path).write_text(
            f"[Ferries {n}](https://example.com/{n})\n------\n<p>They sail.</p>{pictures}"
        )
    settings = PictureSettings(allow_hosts=("127.0.0.1",))
    job = Job(targets=(Target("markdown", images="embed"),), folder=str(tmp_path / "out"), pictures=settings)
    results = [each for some in Run(job, FileStore(), jobs=jobs).results(items) for each in some]
    lost = [
        message
        for result in results
        for message in result.messages
        if "no connection to 127.0.0.1" in message
    ]
    assert len(results) == 60 and len(lost) == 180
    assert 1 <= log.read_text().count("\n") <= 2 * jobs


REFUSED = (
    "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "169.254.0.1", "127.8.8.8", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "100.64.0.1", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1",
    "ff02::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1",
    "2001:0:1234::f5ff:fffe", "64:ff9b:1::a00:1", "fec0::1", "::10.0.0.1",
)  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_that_are_not_public_are_never_connected_to(address: str) -> None:
    assert not is_public(address)
    network = Recording()
    host = f"[{address}]" if ":" in address else address
    with Fetcher(backend=network) as fetcher:
        fetched = fetcher.fetch(Image(f"http://{host}/a.jpg"))
    assert fetched.data is None and network.asked == []


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_public_addresses_are_connected_to(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("kind", ["private", "public"])
def test_special_purpose_addresses_are_those_of_the_registries(kind: str) -> None:
    """The first and last address of each block, unless a more specific block has it."""
    table = tomllib.loads(files("feed2doc.network").joinpath("special_purpose.toml").read_text("utf-8"))
    blocks = {ipaddress.ip_network(block): name for name in table for block in table[name]}
    assert len(blocks) > 30
    for block in (block for block, name in blocks.items() if name == kind):
        for address in (block[0], block[-1], block[block.num_addresses // 2]):
            if any(address in other and other.prefixlen > block.prefixlen for other in blocks):
                continue
            inner = ipaddress.ip_address(int(address) & 0xFFFFFFFF)
            expected = is_public(str(inner)) if str(block) == "64:ff9b::/96" else kind == "public"
            assert is_public(str(address)) == expected, address


@pytest.mark.parametrize(
    "address",
    ["192.0.0.1", "192.0.0.9", "192.0.0.171", "192.88.99.1", "3fff::1", "3fff:fff:ffff::", "5f00::1", "100::1", "100:0:0:1::1",
     "2001:2::1", "2001:10::1", "2001:1::1", "2002:5db8:d822::1", "2001:0:5db8:d822::1", "::ffff:192.88.99.1",
     "64:ff9b::7f00:1", "64:ff9b::c000:1", "4000::1", "::127.0.0.1", "fe80::1%eth0", "", "127.1", "0x7f000001"],
)  # fmt: skip
def test_addresses_of_special_purposes_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_other_addresses_are_public() -> None:
    for address in ("1.1.1.1", "192.0.1.1", "192.88.98.1", "198.20.0.1", "223.255.255.1", "2001:200::1", "2a00::1",
                    "2003::1", "3ffe::1", "64:ff9b::101:101", "2001:20::1", "192.31.196.1"):  # fmt: skip
        assert is_public(address), address


def test_a_feeds_own_host_may_be_anywhere_but_not_move(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"home.example": ["192.168.1.9"], "other.example": ["192.168.1.9"]}
    monkeypatch.setattr("feed2doc.network.addresses.addresses_of", lambda host, _: answers[host])
    network = Recording()
    addresses = PublicAddresses(backend=network, own=("home.example", 8080))

    def refused(host: str, port: int) -> bool:
        with pytest.raises(httpcore.ConnectError) as caught:
            addresses.connect_tcp(host, port)
        return isinstance(caught.value, AddressRefusedError)

    assert refused("home.example", 22)  # before the first connection, too
    assert not refused("home.example", 8080) and network.asked == ["192.168.1.9"]
    assert refused("home.example", 80) and refused("other.example", 8080)
    answers["home.example"] = ["127.0.0.1"]
    assert refused("home.example", 8080) and network.asked == ["192.168.1.9"]
    answers["home.example"] = ["192.168.1.9", "127.0.0.1"]
    assert refused("home.example", 8080)
    answers["home.example"] = ["93.184.216.34"]
    assert not refused("home.example", 8080)


def test_a_failure_of_tls_is_named(server: Server) -> None:
    with Fetcher(allow_hosts=["127.0.0.1"]) as fetcher:
        fetched = fetcher.fetch(Image(server.url("/ok.jpg").replace("http:", "https:")))
    assert fetched.reason.startswith("no secure connection to 127.0.0.1: TLS failed: ")
    error = httpcore.ConnectError("x")
    error.__context__ = wrong = ssl.SSLCertVerificationError(1, "x")
    wrong.verify_message = "certificate has expired"
    network = Recording(error)
    with Fetcher(backend=network) as fetcher:
        fetched = fetcher.fetch(Image("https://93.184.216.34/a.jpg"))
    assert (
        fetched.reason
        == "no secure connection to 93.184.216.34: its certificate is not valid: certificate has expired"
    )
    assert len(network.asked) == 1  # it is the same the next time


def test_a_name_is_resolved_once_and_the_address_that_was_looked_at_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DNS rebinding: a public answer for the check and a private one for the connection would need a second question."""
    answers = [["93.184.216.34"], ["127.0.0.1"]]

    def resolve(host: str, port: int, **_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(2, 1, 6, "", (address, port)) for address in answers.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    network = Recording()
    with pytest.raises(httpcore.ConnectError, match="recorded"):
        PublicAddresses(backend=network).connect_tcp("rebind.example", 80)
    assert network.asked == ["93.184.216.34"] and answers == [["127.0.0.1"]]


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feed2doc.network.addresses.addresses_of", lambda *_: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(httpcore.ConnectError, match="not a public address"):
        PublicAddresses(backend=Recording()).connect_tcp("both.example", 80)


def test_loopback_is_what_the_system_says_it_is() -> None:
    assert "127.0.0.1" in addresses_of("localhost", 80) or "::1" in addresses_of("localhost", 80)


def test_the_cache_keeps_pictures_but_not_refusals(server: Server, tmp_path: Path) -> None:
    for expected in (1, 1):
        with Fetcher(tmp_path / "cache" / "p.sqlite", allow_hosts=["127.0.0.1"]) as fetcher:
            assert fetcher.fetch(Image(server.url("/moved?cached"))).data
            assert fetcher.fetch(Image(server.url("/404?cached"))).data is None
        assert sum(path == "/moved?cached" for path, _ in server.requests) == expected
    assert sum(path == "/404?cached" for path, _ in server.requests) == 2


def test_the_cache_forgets_old_pictures_and_the_oldest_of_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    cache = PictureCache(tmp_path / "p.sqlite", most_bytes=8_000)
    for number in range(20):
        now += 1
        cache.keep(f"https://e.org/{number}", bytes(1_000))
    there = [number for number in range(20) if cache.get(f"https://e.org/{number}")]
    assert there == list(range(20 - len(there), 20)) and 8 <= len(there) <= 9
    now += MOST_SECONDS - 1
    assert [cache.get(f"https://e.org/{number}") is None for number in (17, 18, 19)] == [True, False, False]
    cache.close()
    now += 2
    with closing(PictureCache(tmp_path / "p.sqlite", most_bytes=8_000)) as cache:
        assert cache.get("https://e.org/19") is None


def test_a_cache_that_fails_is_not_used_again(server: Server, tmp_path: Path) -> None:
    with Fetcher(tmp_path / "p.sqlite", allow_hosts=["127.0.0.1"]) as fetcher:
        assert fetcher._cache
        fetcher._cache.close()  # each statement fails from now on
        assert all(fetcher.fetch(Image(server.url("/moved?failing"))).data for _ in range(2))
    assert sum(path == "/moved?failing" for path, _ in server.requests) == 2


@pytest.mark.slow
def test_two_processes_share_a_cache(server: Server, tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from feed2doc.model import Image; from feed2doc.pictures.fetcher import Fetcher\n"
        "with Fetcher(Path(sys.argv[1]), allow_hosts=['127.0.0.1']) as f:\n"
        "    found = [f.fetch(Image(f'{sys.argv[2]}/s{n}.jpg')) for n in range(20)]\n"
        "print(sum(bool(f.data) for f in found))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "p.sqlite"), server.url("")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate(timeout=500)[0].strip() for process in running] == ["20", "20"]


def test_a_character_set_as_coding_changes_nothing() -> None:
    assert b"".join(decoded([b"picture"], "UTF-8")) == b"picture"
