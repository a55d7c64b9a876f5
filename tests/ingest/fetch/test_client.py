"""The client against a server in good and bad moods."""

import gzip
import hashlib
import json
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from ingest.errors import SourceUnavailable
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.exchange import Accept, Credentials, HttpFailure, WrongKind
from ingest.fetch.replay import Journal
from ingest.fetch.transport import Limits
from ingest.model.failures import Failure, heard

MakeClient = Callable[..., Client]
HTML = {"Content-Type": "text/html; charset=UTF-8"}
JSON = {"Content-Type": "application/json"}
CHALLENGE = b"<!DOCTYPE html><html><head><title>Wait</title></head><body><script>run()</script></body></html>"


def test_an_answer_is_archived_before_it_is_returned(web: Any, make_client: MakeClient, archive: Archive) -> None:
    """A response carries the hash under which its bytes are already in the archive, its declared type and the time."""
    response = make_client().get(web.at("/page", {"body": b"<p>Hello</p>", "headers": HTML}), accept=Accept.PAGE)

    assert archive.get(response.sha256) == response.content == b"<p>Hello</p>"
    assert response.media_type == "text/html; charset=utf-8"
    assert response.retrieved_at.isoformat().startswith("2024-12-02T12:00")
    assert not response.not_modified


def test_an_unchanged_address_costs_no_body(web: Any, make_client: MakeClient, memory: Any) -> None:
    """The second request is conditional, and a 304 gives the archived content, so that nothing is lost if the first run died."""
    url = web.at(
        "/feed", {"body": b"<rss/>", "headers": {"ETag": '"v1"', "Last-Modified": "Mon, 02 Dec 2024 08:00:00 GMT"}}, {"status": 304}
    )

    first = make_client(memory=memory).get(url, accept=Accept.FEED)
    second = make_client(memory=memory).get(url, accept=Accept.FEED)

    assert web.asked[1].headers["if-none-match"] == '"v1"'
    assert web.asked[1].headers["if-modified-since"] == "Mon, 02 Dec 2024 08:00:00 GMT"
    assert second.not_modified
    assert (second.content, second.sha256) == (first.content, first.sha256)


def test_the_same_bytes_again_are_no_news(web: Any, make_client: MakeClient, memory: Any) -> None:
    """A server without validators sends everything again, and is still known to have nothing new."""
    url = web.at("/feed", {"body": b"<rss/>"}, {"body": b"<rss/>"}, {"body": b"<rss>1</rss>"})
    client = make_client(memory=memory)

    assert [client.get(url).not_modified for _ in range(3)] == [False, True, False]


def test_what_is_known_is_had_without_asking(web: Any, make_client: MakeClient, memory: Any) -> None:
    """The last good answer comes from the archive; of an address never read there is none."""
    url = web.at("/page", {"body": b"<p>x</p>", "headers": HTML})
    client = make_client(memory=memory)
    assert client.known(url) is None
    fetched = client.get(url)
    kept = client.known(url)
    assert kept is not None
    assert (kept.content, kept.media_type, kept.retrieved_at) == (fetched.content, fetched.media_type, fetched.retrieved_at)
    assert len(web.asked) == 1


def test_credentials_reach_their_host_and_nothing_else(web: Any, make_client: MakeClient, memory: Any, tmp_path: Any) -> None:
    """They are sent, and stand in no remembered address, record, sentence or other host's request."""
    other = type(web)()
    try:
        elsewhere = other.at("/dump", {"body": b"[]", "headers": JSON})
        url = web.at("/api", {"status": 302, "headers": {"Location": elsewhere}})
        refused = web.at("/refused", {"status": 403, "body": b'{"message": "no user with s3cret or t0ken"}', "headers": JSON})
        journal = Journal(tmp_path / "exchanges.jsonl")
        client = make_client(memory=memory, record=journal)
        shown = Credentials(headers={"Authorization": "Bearer t0ken"}, params={"client_id": "s3cret"})

        client.get(url, params={"page": "1"}, credentials=shown)
        with pytest.raises(HttpFailure) as failed:
            client.get(refused, credentials=shown)

        assert web.asked[0].path == "/api?page=1&client_id=s3cret"
        assert web.asked[0].headers["authorization"] == "Bearer t0ken"
        assert other.asked[0].path == "/dump"
        assert "authorization" not in other.asked[0].headers
        kept = journal.path.read_text() + repr(memory) + repr(shown) + str(failed.value)
        assert "s3cret" not in kept
        assert "t0ken" not in kept
    finally:
        other.close()


def test_signing_in_leaves_no_trace(web: Any, make_client: MakeClient, archive: Archive, tmp_path: Any) -> None:
    """The form goes as a form, the token comes back, and neither is archived or recorded; a refusal does not repeat the password."""
    url = web.at(
        "/oauth/token",
        {"body": b'{"access_token": "abc"}', "headers": JSON},
        {"status": 400, "body": b'{"error": "wrong password hush"}', "headers": JSON},
        {"body": b"[1]", "headers": JSON},
    )
    journal = Journal(tmp_path / "exchanges.jsonl")
    client = make_client(record=journal)

    assert client.sign_in(url, {"username": "me", "password": "hush"}) == {"access_token": "abc"}
    assert web.asked[0].body == b"username=me&password=hush"
    with pytest.raises(HttpFailure, match=r"HTTP 400: wrong password \[key\]"):
        client.sign_in(url, {"username": "me", "password": "hush"})
    with pytest.raises(WrongKind, match="something else than a JSON object"):
        client.sign_in(url, {"username": "me", "password": "hush"})
    assert not archive.root.exists()
    assert not journal.path.exists()


def test_a_source_has_its_time(web: Any, make_client: MakeClient, fake_time: Any) -> None:
    """However many addresses it asks for, a source ends at its deadline; another source that began later goes on."""
    url = web.at("/x", {"body": b"ok"})
    client = make_client(limits=Limits(delay=40, source=60))
    first = client.on_behalf_of("first", "")
    first.get(url)
    first.get(url)

    with pytest.raises(SourceUnavailable, match=r"takes longer than the 1 minutes"):
        first.get(url)
    assert client.on_behalf_of("second", "").get(url).content == b"ok"


def test_nothing_conditional_is_asked_when_the_body_is_gone(web: Any, make_client: MakeClient, memory: Any, archive: Archive) -> None:
    """Without the archived body a 304 would be useless, so the whole answer is asked for again."""
    url = web.at("/feed", {"body": b"<rss/>", "headers": {"ETag": '"v1"'}})
    first = make_client(memory=memory).get(url)
    (archive.root / first.sha256[:2] / first.sha256).unlink()

    make_client(memory=memory).get(url)

    assert "if-none-match" not in web.asked[1].headers


def test_retry_after_is_obeyed(web: Any, make_client: MakeClient, fake_time: Any) -> None:
    """After 429 with Retry-After the client waits as long as it was asked to, and then succeeds."""
    url = web.at("/api", {"status": 429, "headers": {"Retry-After": "7"}}, {"body": b"ok"})

    assert make_client().get(url).content == b"ok"
    assert fake_time.slept == [7.0]


def test_a_long_retry_after_ends_the_attempt(web: Any, make_client: MakeClient, fake_time: Any) -> None:
    """Nobody waits an hour for one source: the sentence says how long it wants, and the next refresh tries again."""
    url = web.at("/api", {"status": 429, "headers": {"Retry-After": "3600"}})

    with pytest.raises(SourceUnavailable, match=r"HTTP 429 and wants a wait of 3600 seconds; the next refresh"):
        make_client().get(url)
    assert fake_time.slept == []


def test_a_passing_failure_is_tried_again_with_growing_pauses(web: Any, make_client: MakeClient, fake_time: Any) -> None:
    """Two 503 and then an answer is an answer; the second pause is longer than the first."""
    url = web.at("/", {"status": 503}, {"status": 503}, {"body": b"ok"})

    assert make_client(limits=Limits(backoff=4.0)).get(url).content == b"ok"
    assert len(fake_time.slept) == 2
    assert fake_time.slept[0] < fake_time.slept[1]


def test_a_lasting_failure_is_told_with_its_status(web: Any, make_client: MakeClient) -> None:
    """When every attempt fails the status and what the server said are in the sentence."""
    url = web.at("/api", {"status": 503, "body": json.dumps({"error": {"message": "Closed for works"}}).encode(), "headers": JSON})

    with pytest.raises(HttpFailure, match=r"/api answered with HTTP 503: Closed for works; try again later") as caught:
        make_client().get(url)
    assert caught.value.status == 503
    assert len(web.asked) == 4


def test_a_refusal_is_not_repeated(web: Any, make_client: MakeClient) -> None:
    """403 is final: asking again would only annoy."""
    with pytest.raises(HttpFailure, match="HTTP 403"):
        make_client().get(web.at("/api", {"status": 403}))
    assert len(web.asked) == 1


def test_keys_in_the_query_are_not_shown(web: Any, make_client: MakeClient) -> None:
    """A sentence names host and path, never the query, which may hold a key."""
    with pytest.raises(HttpFailure) as caught:
        make_client().get(web.base + "/api", params={"key": "secret"})
    assert "secret" not in str(caught.value)
    assert web.asked[0].path == "/api?key=secret"


def test_a_challenge_instead_of_json_is_named(web: Any, make_client: MakeClient, archive: Archive) -> None:
    """202 with a challenge page is no answer; it is named as what it is, and its bytes are kept to be looked at."""
    headers = {**HTML, "x-amzn-waf-action": "challenge"}
    url = web.at("/v2/reports", {"status": 202, "body": CHALLENGE, "headers": headers})

    with pytest.raises(SourceUnavailable, match=r"challenge that only a browser can pass \(HTTP 202\)"):
        make_client().post_json(url, {"limit": 1})
    assert archive.get(hashlib.sha256(CHALLENGE).hexdigest()) == CHALLENGE


@pytest.mark.parametrize(
    ("accept", "body", "told"),
    [
        (Accept.JSON, CHALLENGE, "a web page, perhaps a challenge"),
        (Accept.JSON, b"Please slow down", "the text “Please slow down”"),
        (Accept.FEED, b"\xef\xbb\xbf\n<html><body>Moved</body></html>", "a web page"),
        (Accept.FEED, b"Service temporarily closed", "the text “Service temporarily closed”"),
        (Accept.ANY, b"", "an empty body"),
        (Accept.FEED, b"\n  \n", "an empty body"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_no_answer(web: Any, make_client: MakeClient, accept: Accept, body: bytes, told: str) -> None:
    """Status 200 with a page, a sentence or nothing where data was due is refused, and the sentence says what came."""
    with pytest.raises(WrongKind, match=re.escape(told)) as refused:
        make_client().get(web.at("/x", {"body": body}), accept=accept)
    assert [one.failure is None for one in heard(str(refused.value))] == [False]


def test_a_byte_order_mark_does_not_hide_json(web: Any, make_client: MakeClient) -> None:
    """JSON behind a byte order mark is still JSON."""
    assert make_client().get(web.at("/x", {"body": b"\xef\xbb\xbf[1]"}), accept=Accept.JSON).content.endswith(b"[1]")


def test_a_body_over_the_cap_is_refused(web: Any, make_client: MakeClient) -> None:
    """The declared length is believed when it is too large, and the bytes are counted when it says nothing."""
    limits = Limits(text_bytes=1000, file_bytes=2000)
    declared = web.at("/declared", {"body": b"x" * 1001, "headers": HTML})
    packed = web.at("/packed", {"body": gzip.compress(b"x" * 1_000_000), "headers": {**HTML, "Content-Encoding": "gzip"}})
    file = web.at("/file", {"body": b"x" * 1500, "headers": {"Content-Type": "application/pdf"}})

    for url in (declared, packed):
        with pytest.raises(SourceUnavailable, match=r"larger than the 0\.001 MB"):
            make_client(limits=limits).get(url)
    assert len(make_client(limits=limits).get(file).content) == 1500


def test_a_truncated_body_is_asked_for_again(web: Any, make_client: MakeClient) -> None:
    """An answer that breaks off is not an answer: the next attempt counts, and without one the sentence says so."""
    cut = {"body": b"half", "claim": 400}

    assert make_client().get(web.at("/once", cut, {"body": b"whole"})).content == b"whole"
    with pytest.raises(SourceUnavailable, match=r"broke off in the middle of its answer \(3 attempts\)"):
        make_client().get(web.at("/always", cut))


@pytest.mark.parametrize("where", [{"drip": 0.05, "body": b"x" * 1000}, {"drip": 0.05, "drip_headers": True}])
def test_a_dripping_server_ends_at_the_deadline(web: Any, make_client: MakeClient, real_time: Any, where: dict[str, Any]) -> None:
    """A server that sends a byte now and then, in headers or body, never times out a socket and still has to end."""
    client = make_client(limits=Limits(read=1, total=0.4), clock=real_time.clock())

    with pytest.raises(SourceUnavailable, match=r"did not finish its answer within 0\.4 seconds"):
        client.get(web.at("/slow", where))


def test_a_silent_server_is_told(web: Any, make_client: MakeClient) -> None:
    """A server that accepts and says nothing is given up after the time for reading."""
    client = make_client(limits=Limits(read=0.1, read_retries=0))

    with pytest.raises(SourceUnavailable, match=r"did not answer within 0\.1 seconds"):
        client.get(web.at("/mute", {"drip": 5.0, "drip_headers": True}))


def test_a_server_that_is_not_there_is_told(make_client: MakeClient, web: Any) -> None:
    """A refused connection is a sentence about network and address."""
    web.close()
    with pytest.raises(SourceUnavailable, match="could not be reached; check the network"):
        make_client().get(web.base + "/x")


def test_a_page_of_a_server_that_is_not_there_is_told_the_same(make_client: MakeClient, web: Any) -> None:
    """That its robots.txt could not be read either is no word of the site against reading it."""
    web.close()
    with pytest.raises(SourceUnavailable, match="could not be reached; check the network"):
        make_client().get(web.base + "/x", accept=Accept.PAGE)


def test_redirects_are_followed_a_few_times(web: Any, make_client: MakeClient) -> None:
    """The response names the address it came from, and a loop ends with a sentence."""
    web.at("/new", {"body": b"here"})
    old = web.at("/old", {"status": 301, "headers": {"Location": "/new"}})
    loop = web.at("/loop", {"status": 302, "headers": {"Location": "/loop"}})

    response = make_client().get(old)
    assert (response.url, response.final_url, response.content) == (old, web.base + "/new", b"here")
    with pytest.raises(SourceUnavailable, match="redirects more than"):
        make_client().get(loop)


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://0x0a000001/"]
)
def test_a_redirect_to_a_private_address_is_refused(web: Any, make_client: MakeClient, target: str) -> None:
    """A hostile site cannot make the client read the network it stands in."""
    url = web.at("/trap", {"status": 302, "headers": {"Location": target}})

    with pytest.raises(SourceUnavailable, match=r"private address .*, which is refused"):
        make_client().get(url)


def test_loopback_is_refused_unless_allowed(web: Any, make_client: MakeClient) -> None:
    """Servers on this machine are private too."""
    with pytest.raises(SourceUnavailable, match="private address 127"):
        make_client(allow_private=False).get(web.at("/x", {"body": b"ok"}))
    assert web.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "javascript:alert(1)"])
def test_other_schemes_are_refused(web: Any, make_client: MakeClient, target: str) -> None:
    """Only http and https are fetched, at first and after a redirect."""
    with pytest.raises(SourceUnavailable, match="is not an http or https address") as refused:
        make_client().get(target)
    assert [one.failure for one in heard(str(refused.value))] == [Failure.OTHER_SCHEME]
    with pytest.raises(SourceUnavailable, match="is not an http or https address"):
        make_client().get(web.at("/go", {"status": 302, "headers": {"Location": target}}))


def test_a_proxy_is_used_and_private_addresses_still_refused(web: Any, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a proxy names are resolved by it, so a host that cannot be resolved here is still reached; written-out ones are judged."""
    monkeypatch.setenv("http_proxy", web.base)
    web.at("/feed", {"body": b"through"})

    assert make_client().get("http://elsewhere.invalid/feed").content == b"through"
    assert web.asked[0].path == "http://elsewhere.invalid/feed"
    with pytest.raises(SourceUnavailable, match="private address 10"):
        make_client().get("http://10.1.2.3/feed")


def test_requests_to_one_host_keep_their_distance(web: Any, make_client: MakeClient, fake_time: Any) -> None:
    """Between two requests to a host the client pauses."""
    client = make_client(limits=Limits(delay=1.5))
    url = web.at("/x", {"body": b"ok"})

    client.get(url)
    client.get(url)

    assert fake_time.slept == [1.5]


def test_one_host_gets_one_request_at_a_time(web: Any, make_client: MakeClient) -> None:
    """Threads that share a client queue up at a host."""
    url = web.at("/x", {"body": b"x" * 20, "drip": 0.002})
    client = make_client(limits=Limits(delay=0))
    threads = [threading.Thread(target=client.get, args=(url,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(web.asked) == 4
    assert web.busiest == 1


def test_robots_are_asked_for_pages_only(web: Any, make_client: MakeClient) -> None:
    """A disallowed page is left alone, with wildcards understood; feeds and programs' interfaces are meant for programs."""
    web.at("/robots.txt", {"body": b"User-agent: *\nDisallow: /*?s=\nDisallow: /private/\nCrawl-delay: 3\n"})
    web.at("/private/1", {"body": b"<p>x</p>"})
    web.at("/open", {"body": b"<p>x</p>"})
    client = make_client()

    for path in ("/private/1", "/open?s=word"):
        with pytest.raises(SourceUnavailable, match=r"robots\.txt .* asks programs not to read"):
            client.get(web.base + path, accept=Accept.PAGE)
    assert client.get(web.base + "/open", accept=Accept.PAGE).content
    assert client.get(web.base + "/private/1").content
    assert [asked.path for asked in web.asked].count("/robots.txt") == 1


def test_a_crawl_delay_lengthens_the_pause(web: Any, make_client: MakeClient, fake_time: Any) -> None:
    """A host that wants three seconds between pages gets them."""
    web.at("/robots.txt", {"body": b"User-agent: *\nCrawl-delay: 3\n"})
    url = web.at("/open", {"body": b"<p>x</p>"})
    client = make_client()

    client.get(url, accept=Accept.PAGE)
    client.get(url, accept=Accept.PAGE)

    assert fake_time.slept[-1] == 3.0


def test_a_failing_robots_file_closes_the_site(web: Any, make_client: MakeClient) -> None:
    """RFC 9309: where robots.txt cannot be had because the server fails, nothing may be read; where there is none, everything."""
    url = web.at("/open", {"body": b"<p>x</p>"})
    assert make_client().get(url, accept=Accept.PAGE).content

    web.at("/robots.txt", {"status": 500})
    with pytest.raises(SourceUnavailable, match=r"robots\.txt"):
        make_client().get(url, accept=Accept.PAGE)


def test_the_cache_buster_is_no_part_of_the_address(web: Any, make_client: MakeClient, memory: Any) -> None:
    """A stale cache is got past by an unknown parameter, while the address is remembered without it."""
    url = web.at("/en/", {"body": b"<rss/>", "headers": {"ETag": '"1"'}})

    response = make_client(memory=memory).get(url, params={"feed": "rss2"}, cache_buster="_cb")

    assert re.fullmatch(r"/en/\?feed=rss2&_cb=\d{10}", web.asked[0].path)
    assert response.url == response.final_url == url + "?feed=rss2"
    assert list(memory) == [url + "?feed=rss2"]


def test_a_query_is_sent_as_json_and_again_after_a_failure(web: Any, make_client: MakeClient) -> None:
    """Queries are safe to repeat; equal queries are equal bytes; parameters stay in the address."""
    url = web.at("/v2/reports", {"status": 503}, {"body": b'{"data": []}', "headers": JSON})

    response = make_client().post_json(url, {"b": "é", "a": 1}, params={"appname": "x"})

    assert response.content == b'{"data": []}'
    assert [asked.path for asked in web.asked] == ["/v2/reports?appname=x"] * 2
    assert web.asked[0].body == '{"a":1,"b":"é"}'.encode()
    assert web.asked[0].headers["content-type"] == "application/json"


def test_a_query_that_moved_is_told(web: Any, make_client: MakeClient) -> None:
    """A redirected query is not sent on; the sentence says where the source went."""
    url = web.at("/v1/reports", {"status": 301, "headers": {"Location": "/v2/reports"}})
    with pytest.raises(SourceUnavailable, match=r"/v1/reports moved to .*/v2/reports"):
        make_client().post_json(url, {})


def test_no_cookies_and_no_passwords_travel(web: Any, make_client: MakeClient, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cookies a site sets are not sent back, and a .netrc file on this machine is not read."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password mine\n")
    monkeypatch.setenv("NETRC", str(netrc))
    url = web.at("/x", {"body": b"ok", "headers": {"Set-Cookie": "id=1; Path=/"}})
    client = make_client()

    client.get(url)
    client.get(url)

    assert not {"cookie", "authorization"} & set(web.asked[1].headers)
