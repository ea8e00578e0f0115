"""The letterpress: Word templates filled in, PDF, preview, and the words of mails.

`press` is the door; `packs` keeps what staff edit and the last good copy of it.
"""
