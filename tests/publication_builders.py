"""A little council web site on loopback, its papers made when the tests run."""

from __future__ import annotations

import io
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

CORPUS: Final = Path(__file__).parent / "corpus" / "pages"

Answer = Callable[[BaseHTTPRequestHandler], None]


def report_text(*, name: str = "Maria", years: int = 12) -> str:
    """Return an invented overview report, some 2,000 words long, each paragraph different."""
    lines = [
        "Anytown Community Safety Partnership",
        "Domestic Homicide Review DHR15",
        f"Overview report into the death of {name}",
        "Author: A. Writer. Completed in November 2025.",
    ]
    agencies = ("police", "housing team", "surgery", "school", "hospital", "social care team")
    for year in range(years):
        for place, agency in enumerate(agencies, start=1):
            lines.append(
                f"{year + 1}.{place} In year {year + 1} the {agency} of Anytown met {name} "
                f"{place + year} times. The {agency} wrote down visit {year * 7 + place} but did "
                f"not ask about home, and passed nothing on to panel member {place * 13 + year}. "
                f"Recommendation {year * 6 + place} asks the {agency} to put that right."
            )
    return "\n".join(lines)


def letter_text(*, area: str = "Anytown", case: str = "DHR15", met: str = "3 March 2026") -> str:
    """Return an invented feedback letter, addressed and signed."""
    return "\n".join(
        (
            "Public Protection Unit, 2 Example Street",
            "Ms Jo Bloggs, Anytown Council, 1 Town Square",
            "Dear Ms Bloggs,",
            f"Thank you for submitting the Domestic Homicide Review (DHR) report for {area} "
            f"({case}) to the Home Office Quality Assurance (QA) Panel. The report was considered "
            f"at the QA Panel meeting on {met}. I very much regret the delay in providing the "
            "Panel's feedback.",
            "The Panel felt that the report was thorough and that the voice of the family came "
            "through strongly. There were, however, some aspects of the report which the Panel "
            "felt may benefit from further analysis, or be revised, which you will wish to "
            "consider: the timeline needs dates; the action plan should name who answers for each "
            "action and by when; condolences should be given on the first page.",
            "The Panel does not need to review another version of the report, but I would be "
            "grateful if you could include our letter as an appendix to the report, and provide "
            "us with the URL to the report when it is published.",
            "Yours sincerely",
            "C. Chair, Chair of the Panel",
        )
    )


def a_pdf_of(text: str) -> bytes:
    """Return a PDF whose paragraphs are the lines of `text`."""
    made = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(made, invariant=1).build([Paragraph(row, style) for row in text.split("\n")])
    return made.getvalue()


def a_page(name: str, **said: str) -> bytes:
    """Return a page of the corpus with its {{blanks}} filled."""
    page = (CORPUS / f"{name}.html").read_text(encoding="utf-8")
    for blank, words in said.items():
        page = page.replace("{{" + blank + "}}", words)
    return page.encode()


def paragraphs(text: str) -> str:
    """Return the lines of a text as paragraphs of a web page."""
    return "\n".join(f"<p>{row}</p>" for row in text.split("\n"))


def typed(body: bytes, media_type: str = "text/html; charset=utf-8", status: int = 200) -> Answer:
    """Return an answer with a body."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(status)
        asked.send_header("Content-Type", media_type)
        asked.send_header("Content-Length", str(len(body)))
        asked.end_headers()
        asked.wfile.write(body)

    return answer


def a_pdf_answer(text: str) -> Answer:
    """Return an answer that is a PDF of `text`."""
    return typed(a_pdf_of(text), "application/pdf")


def leading_to(url: str, status: int = 302) -> Answer:
    """Return a redirect."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(status)
        asked.send_header("Location", url)
        asked.send_header("Content-Length", "0")
        asked.end_headers()

    return answer


def packed(body: bytes, encoding: str) -> Answer:
    """Return an answer packed as `encoding` whether it was asked for or not."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Encoding", encoding)
        asked.send_header("Content-Length", str(len(body)))
        asked.end_headers()
        asked.wfile.write(body)

    return answer


def dripping(piece: bytes, every: float) -> Answer:
    """Return an answer that never ends: a piece at a time, head and all."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(200):
            asked.wfile.write(piece)
            asked.wfile.flush()
            time.sleep(every)

    return answer


@dataclass
class Site:
    """A council's web site: what stands at each path, and who asked for what."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def pair(self) -> str:
        """Return the site as a fetcher is told to trust it."""
        return f"127.0.0.1:{self.port}"

    def at(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.pair}{path}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for."""
        return [path for path, _ in self.asked]


def a_certificate(host: str, folder: Path) -> Path:
    """Return a file with a certificate for a host, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / f"{host}.pem"
    path.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    return path


@contextmanager
def a_site(certificate: Path | None = None) -> Iterator[Site]:
    """Serve a site on a free port of loopback until the test is over."""

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            answer = site.answers.get(self.path, typed(b"Not found", "text/plain", 404))
            try:
                answer(self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    server.daemon_threads = True
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_address[1])
    beside = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    beside.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
