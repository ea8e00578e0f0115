"""Texts sealed with Fernet, which notices what was altered (AES-128-CBC under HMAC-SHA256)."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from secretariat.ports.secrecy import NotOpened


class FernetSealing:
    """Port `Sealing`: the first key seals, all open, so that a key can be followed by another."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys, the newest first: 32 bytes each as base64, of either alphabet."""
        each = [Fernet(_url_safe(key)) for key in keys]
        self._newest, self._keys = each[0], MultiFernet(each)

    def seal(self, text: str) -> str:
        """Return the text sealed with the first key."""
        return self._keys.encrypt(text.encode()).decode("ascii")

    def unseal(self, sealed: str) -> str:
        """Return the text; raise NotOpened."""
        return _opened(self._keys, sealed)

    def renew(self, sealed: str) -> str:
        """Return the text sealed with the first key; raise NotOpened."""
        try:
            _opened(self._newest, sealed)
        except NotOpened:
            return self.seal(_opened(self._keys, sealed))
        return sealed


def _opened(keys: Fernet | MultiFernet, sealed: str) -> str:
    try:
        return keys.decrypt(sealed.encode()).decode()
    except (InvalidToken, ValueError):
        raise NotOpened from None


def _url_safe(key: str) -> bytes:
    return key.translate(str.maketrans("+/", "-_")).encode("ascii")
