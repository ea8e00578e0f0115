"""Invented messages as Outlook keeps them, byte by byte: OLE files, .msg, winmail.dat, S/MIME."""

import datetime
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

SECTOR = 512
MINI = 64
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
Tree = Mapping[str, Any]


def an_ole(tree: Tree) -> bytes:
    """Return an OLE container of the tree: a mapping is a folder, bytes are a file in it."""
    entries: list[list[Any]] = [["Root Entry", 5, b"", []]]
    _list(tree, entries, 0)
    big, mini, minifat = bytearray(), bytearray(), []
    chains: list[tuple[int, int]] = []
    for entry in entries:
        content = entry[2]
        if entry[1] == 2 and content and len(content) < 4096:
            start = len(mini) // MINI
            mini += content + bytes(-len(content) % MINI)
            minifat += [*range(start + 1, len(mini) // MINI), END]
            entry.append((start, len(content)))
        elif entry[1] == 2 and content:
            start = len(big) // SECTOR
            big += content + bytes(-len(content) % SECTOR)
            chains.append((start, len(big) // SECTOR))
            entry.append((start, len(content)))
        else:
            entry.append((END, 0))
    start = len(big) // SECTOR
    big += mini + bytes(-len(mini) % SECTOR)
    if mini:
        chains.append((start, len(big) // SECTOR))
        entries[0][4] = (start, len(mini))
    table = b"".join(struct.pack("<L", each) for each in minifat)
    table += b"\xff" * (-len(table) % SECTOR)
    minifat_start = len(big) // SECTOR
    big += table
    if table:
        chains.append((minifat_start, len(big) // SECTOR))
    directory = b"".join(_entry(entry, entries) for entry in entries)
    directory += bytes(-len(directory) % SECTOR)
    directory_start = len(big) // SECTOR
    big += directory
    chains.append((directory_start, len(big) // SECTOR))
    return _with_fat(big, chains, directory_start, minifat_start if table else END, len(table))


def _list(tree: Tree, entries: list[list[Any]], parent: int) -> None:
    for name, held in tree.items():
        entries[parent][3].append(len(entries))
        if isinstance(held, bytes):
            entries.append([name, 2, held, []])
        else:
            entries.append([name, 1, b"", []])
            _list(held, entries, len(entries) - 1)


def _entry(entry: list[Any], entries: list[list[Any]]) -> bytes:
    name, kind, _, kids, (start, size) = entry
    place = entries.index(entry)
    after = FREE
    for other in entries:
        if place in other[3][:-1]:
            after = other[3][other[3].index(place) + 1]
    written = name.encode("utf-16-le") + b"\0\0"
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBLLL", len(written), kind, 1, FREE, after, kids[0] if kids else FREE)
        + bytes(36)
        + struct.pack("<LQ", start, size)
    )


def _with_fat(
    big: bytearray, chains: Sequence[tuple[int, int]], directory: int, minifat: int, minibytes: int
) -> bytes:
    sectors = len(big) // SECTOR
    fats = 1
    while fats * SECTOR // 4 < sectors + fats:
        fats += 1
    fat = [FREE] * (fats * SECTOR // 4)
    for start, end in chains:
        for each in range(start, end):
            fat[each] = each + 1 if each + 1 < end else END
    for each in range(sectors, sectors + fats):
        fat[each] = 0xFFFFFFFD
    listed = [*range(sectors, sectors + fats)]
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack(
            "<LLLLLLLLL", 0, fats, directory, 0, 4096, minifat, minibytes // SECTOR, END, 0
        )
        + struct.pack("<109L", *listed, *[FREE] * (109 - fats))
    )
    return head + bytes(big) + struct.pack(f"<{len(fat)}L", *fat)


def properties(values: Mapping[int, str | bytes | int], head: int) -> dict[str, bytes]:
    """Return the files of an OLE folder that hold these values, as Outlook names them."""
    rows, files = b"", {}
    for number, value in values.items():
        if isinstance(value, int):
            kind = 0x40 if value > 0xFFFFFFFF else 3
            rows += struct.pack("<HHLQ", kind, number, 6, value)
        else:
            kind = 0x1F if isinstance(value, str) else 0x102
            held = value.encode("utf-16-le") if isinstance(value, str) else value
            rows += struct.pack("<HHLQ", kind, number, 6, len(held))
            files[f"__substg1.0_{number:04X}{kind:04X}"] = held
    return {"__properties_version1.0": bytes(head) + rows, **files}


def a_message(values: Mapping[int, Any], *files: Mapping[int, Any] | Tree, head: int = 32) -> Tree:
    """Return the tree of a message; a file with the key "message" is a message itself."""
    tree: dict[str, Any] = dict(properties(values, head))
    for number, file in enumerate(files):
        said = {key: value for key, value in file.items() if isinstance(key, int)}
        folder: dict[str, Any] = dict(properties(said, 8))
        if "message" in file:
            folder["__substg1.0_3701000D"] = file["message"]  # type: ignore[index]
        tree[f"__attach_version1.0_#{number:08X}"] = folder
    return tree


def an_msg(values: Mapping[int, Any], *files: Mapping[int, Any] | Tree) -> bytes:
    """Return a message saved from Outlook."""
    return an_ole(a_message(values, *files))


def a_winmail(
    values: Mapping[int, str | bytes | int], *files: tuple[str, bytes], body: str = ""
) -> bytes:
    """Return a winmail.dat."""
    made = b"\x78\x9f\x3e\x22\x01\x00" + _attribute(1, 0x9007, 6, struct.pack("<LL", 1252, 0))
    if body:
        made += _attribute(1, 0x800C, 2, body.encode("cp1252") + b"\0")
    if values:
        made += _attribute(1, 0x9003, 6, a_table(values))
    for name, content in files:
        made += _attribute(2, 0x9002, 6, bytes(14))
        made += _attribute(2, 0x8010, 1, b"SHORT~1.PDF\0")
        made += _attribute(2, 0x800F, 6, content)
        made += _attribute(2, 0x9005, 6, a_table({0x3707: name}))
    return made


def a_table(values: Mapping[int, str | bytes | int]) -> bytes:
    """Return a table of MAPI properties as winmail.dat holds it, a named one first."""
    name = "Keywords".encode("utf-16-le") + b"\0\0"
    made = struct.pack("<L", len(values) + 1)
    made += struct.pack("<HH16sLL", 3, 0x8001, bytes(16), 1, len(name))
    made += name + bytes(-len(name) % 4) + struct.pack("<L", 7)
    for number, value in values.items():
        if isinstance(value, int):
            made += struct.pack("<HHQ", 0x40, number, value)
            continue
        kind = 0x1F if isinstance(value, str) else 0x102
        held = value.encode("utf-16-le") + b"\0\0" if isinstance(value, str) else value
        made += struct.pack("<HHLL", kind, number, 1, len(held)) + held + bytes(-len(held) % 4)
    return made


def _attribute(level: int, number: int, kind: int, held: bytes) -> bytes:
    checksum = sum(held) & 0xFFFF
    return struct.pack("<BHHL", level, number, kind, len(held)) + held + struct.pack("<H", checksum)


def _certificate(key: Any) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jo Bloggs")])
    made_on = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(made_on)
        .not_valid_after(made_on + datetime.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )


def signed(content: bytes, *, detached: bool = False, as_text: bool = False) -> bytes:
    """Return the bytes sealed as one piece, or their signature alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    options = [pkcs7.PKCS7Options.Binary]
    if detached:
        options.append(pkcs7.PKCS7Options.DetachedSignature)
    encoding = serialization.Encoding.PEM if as_text else serialization.Encoding.DER
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    return builder.add_signer(_certificate(key), key, hashes.SHA256()).sign(encoding, options)


def enveloped(content: bytes) -> bytes:
    """Return the bytes encrypted for somebody else."""
    recipient = _certificate(rsa.generate_private_key(65_537, 2_048))
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(content).add_recipient(recipient)
    return builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
