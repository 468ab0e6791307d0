"""Papers by e-mail through a real mail server: taken once with proof, tried again, refused, never twice."""

from __future__ import annotations

import email
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from desk.conftest import user_of
from openimr.casework.commands import TakeOverCase
from openimr.casework.moments import day_of
from openimr.casework.parts import Channel, ProofKind, ProofOfService
from openimr.casework.roles import Role
from openimr.desk import channels, mailing, serving, store
from openimr.desk.channels import MailNotSent
from openimr.desk.clock import today
from openimr.desk.mailing import MailState
from openimr.desk.models import Case, PartyAddress, Sending, User
from openimr.desk.serving import NotServed, Order
from openimr.terms.case import ServiceMethod

pytestmark = pytest.mark.usefixtures("db")


@dataclass
class Post:
    """A server's office: what it answers, and what it took."""

    answers: list[str] = field(default_factory=list)
    at_recipient: list[str] = field(default_factory=list)
    taken: list[Message] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_recipient:
            return self.at_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 2.0.0 queued as 4711"
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.taken.append(email.message_from_bytes(envelope.content))
            self.secured.append(session.ssl is not None)
        if answer == "hang up":
            assert server.transport is not None
            server.transport.close()
        return answer


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a certificate of this machine, which signs itself."""
    folder = tmp_path_factory.mktemp("certificate")
    about = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    into = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    wanted = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *about, *into]
    subprocess.run(wanted, check=True, capture_output=True)
    return folder


@pytest.fixture
def post(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """Return the office of a server with STARTTLS that the desk sends through."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    office = Post()
    server = Controller(
        office,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        ready_timeout=20,
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    server.start()
    try:
        through(f"smtp://localhost:{server.port}", monkeypatch)
        yield office
    finally:
        server.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def through(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", with_changes(settings.ENVIRONMENT, mail=url))


@pytest.fixture
def order() -> Order:
    """Return the order to serve an owed paper by e-mail, on a party whose address is known."""
    case = the_case()
    user = sender()
    store.act(case.number, TakeOverCase(why="to try it"), by=user.actor, expected=None)
    paper = store.state_of(case).owed_papers[0]
    party = paper.owed[0]
    PartyAddress.objects.create(case=case, party=party.value, email="a@example.org", changed_by=user)
    method, channel = ServiceMethod.ELECTRONIC, Channel.EMAIL
    return Order(paper=paper.id, party=party, channel=channel, method=method, on=today())


def sender() -> User:
    return user_of(Role.INTAKE)


def the_case() -> Case:
    return Case.objects.filter(stage="notice").order_by("pk")[0]


def send(order: Order) -> store.Outcome | Sending:
    return serving.serve(the_case(), order, by=sender(), expected=None)


def services(order: Order) -> list[str]:
    """Return the proofs of the services that are recorded of a paper on its party."""
    paper = next(p for p in store.state_of(the_case()).papers if p.id == order.paper)
    kinds = {s.proof.kind for s in paper.served if s.party is order.party}
    assert kinds <= {ProofKind.TRANSMISSION_REPORT}
    return [s.proof.reference for s in paper.served if s.party is order.party]


def test_what_the_server_took_is_served_with_its_answer_as_proof(post: Post, order: Order) -> None:
    assert isinstance(send(order), store.Done)
    assert post.secured == [True]
    sending = Sending.objects.get(case=the_case(), paper=order.paper, party=order.party.value)
    (proof,) = services(order)
    assert "250 2.0.0 queued as 4711" in proof and sending.file_id in proof
    assert post.taken[0]["Message-ID"] in proof


def test_the_message_names_nobody_and_nothing_of_the_record(post: Post, order: Order) -> None:
    send(order)
    (message,) = post.taken
    state = store.state_of(the_case())
    subject, text = str(message["Subject"]), message.get_payload(0).get_payload(decode=True).decode()
    names = [state.case.patient.name, state.case.provider.name]
    names += [user.name for user in User.objects.filter(role=Role.REVIEWER)]
    for name in filter(None, names):
        assert name not in subject + text
    for dispute in state.case.dispute:
        assert dispute.request not in subject + text


def test_a_server_that_cannot_now_is_asked_again_and_takes_it_once(post: Post, order: Order) -> None:
    post.answers += ["451 4.3.0 try again later", "452 4.3.1 no room"]
    delayed = send(order)
    assert isinstance(delayed, Sending) and delayed.state == MailState.DELAYED
    assert services(order) == []
    mailing.send_delayed()
    assert services(order) == [] and post.taken == []
    mailing.send_delayed()
    assert len(services(order)) == 1 and len(post.taken) == 1
    mailing.send_delayed()
    assert len(post.taken) == 1


def test_a_recipient_that_is_put_off_is_tried_again_with_the_same_message(post: Post, order: Order) -> None:
    post.at_recipient += ["450 4.2.0 greylisted"]
    first = send(order)
    assert isinstance(first, Sending) and first.state == MailState.DELAYED
    parcel = mailing.parcel_again(first)
    assert parcel is not None
    expected = channels.identifier(parcel)
    mailing.send_delayed()
    assert [m["Message-ID"] for m in post.taken] == [expected]


@pytest.mark.parametrize("where", ["at_recipient", "answers"])
def test_what_is_refused_for_good_is_told_and_owed_as_before(post: Post, order: Order, where: str) -> None:
    getattr(post, where).append("550 5.1.1 no such mailbox")
    with pytest.raises(MailNotSent, match="550"):
        send(order)
    assert services(order) == []
    assert not Sending.objects.filter(case=the_case(), paper=order.paper).exists()
    assert isinstance(send(order), store.Done), "it can be tried by a person again"


def test_a_server_that_is_not_there_delays(post: Post, order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    working = settings.ENVIRONMENT.mail
    through("smtp://localhost:9", monkeypatch)
    found = send(order)
    assert isinstance(found, Sending) and found.state == MailState.DELAYED
    through(working, monkeypatch)
    mailing.send_delayed()
    assert len(services(order)) == 1 and len(post.taken) == 1


def test_where_the_server_cannot_be_reached_the_others_wait_for_the_next_minute(
    post: Post, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    through("smtp://localhost:9", monkeypatch)
    found = send(order)
    assert isinstance(found, Sending)
    asked: list[int] = []
    monkeypatch.setattr(mailing, "send_again", lambda key: bool(asked.append(key)))
    beside = {
        "party": "nobody",
        "channel": "email",
        "method": found.method,
        "file": found.file,
        "by": found.by,
    }
    Sending.objects.create(case=found.case, paper=found.paper, state=MailState.DELAYED, **beside)
    mailing.send_delayed()
    assert asked == [found.pk]


def test_what_is_not_owed_any_more_is_not_sent(post: Post, order: Order) -> None:
    post.answers.append("451 4.3.0 try again later")
    assert isinstance(send(order), Sending)
    by_hand = with_changes(
        order,
        channel=Channel.IN_PERSON,
        method=ServiceMethod.PERSONAL,
        proof=ProofOfService(kind=ProofKind.DECLARATION, reference="given at the counter"),
    )
    waiting = Sending.objects.get(case=the_case(), paper=order.paper, party=order.party.value)
    assert isinstance(send(by_hand), store.Done)
    Sending.objects.filter(case=the_case(), paper=order.paper, party=order.party.value).delete()
    waiting.pk = None
    waiting.save(force_insert=True)
    mailing.send_delayed()
    assert post.taken == [] and not Sending.objects.filter(pk=waiting.pk).exists()


def test_what_is_refused_when_it_is_tried_again_stays_told(post: Post, order: Order) -> None:
    post.answers += ["451 4.3.0 try again later", "550 5.1.1 no such mailbox"]
    send(order)
    mailing.send_delayed()
    row = Sending.objects.get(case=the_case(), paper=order.paper, party=order.party.value)
    assert row.state == MailState.REFUSED and services(order) == []
    assert isinstance(send(order), store.Done), "a person sends it again"


def test_the_day_of_service_is_that_on_which_the_server_took_it(post: Post, order: Order) -> None:
    post.answers.append("451 4.3.0 try again later")
    found = send(order)
    assert isinstance(found, Sending)
    owed = next(p for p in store.state_of(the_case()).papers if p.id == order.paper).owed_since
    found.taken_at, found.reference = owed, "message taken"
    found.save()
    assert isinstance(mailing.record(found, by=found.by.actor), store.Done)
    paper = next(p for p in store.state_of(the_case()).papers if p.id == order.paper)
    assert [s.sent.on for s in paper.served if s.party is order.party] == [day_of(owed)]


def test_where_the_line_breaks_after_the_message_it_is_not_sent_twice(post: Post, order: Order) -> None:
    post.answers.append("hang up")
    found = send(order)
    assert isinstance(found, Sending) and found.state == MailState.SENDING
    mailing.send_delayed()
    assert post.taken == [] and services(order) == []
    with pytest.raises(NotServed, match="on its way"):
        send(order)


def test_while_it_is_on_its_way_nobody_sends_it_again(post: Post, order: Order) -> None:
    post.answers.append("451 4.3.0 try again later")
    send(order)
    with pytest.raises(NotServed, match="on its way"):
        send(order)
    Sending.objects.filter(case=the_case(), paper=order.paper).update(state=MailState.SENDING)
    mailing.send_delayed()
    assert post.taken == [], "somebody else has it in hand"


def test_what_was_taken_and_not_recorded_is_recorded_later_and_not_sent(
    post: Post, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(sending: Sending, *, by: object) -> store.Outcome:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(mailing, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            send(order)
    assert len(post.taken) == 1 and services(order) == []
    row = Sending.objects.get(case=the_case(), paper=order.paper, party=order.party.value)
    assert row.state == MailState.TAKEN
    Sending.objects.filter(pk=row.pk).update(made_at=row.made_at - mailing.SOON * 2)
    mailing.send_delayed()
    assert len(post.taken) == 1 and "queued as 4711" in services(order)[0]


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    post: Post, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailNotSent, match="SSLCertVerificationError"):
        send(order)
    assert post.taken == []


def test_a_foreign_server_without_encryption_gets_nothing(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Post()
    server = Controller(office, hostname="127.0.0.1", port=free_port(), ready_timeout=20)
    server.start()
    try:
        monkeypatch.setattr(channels, "OWN_MACHINE", frozenset())
        through(f"smtp://127.0.0.1:{server.port}", monkeypatch)
        with pytest.raises(MailNotSent, match="SMTPNotSupportedError"):
            send(order)
    finally:
        server.stop()
    assert office.taken == []
