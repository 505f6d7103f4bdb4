"""The two ways reading ends early: the user named nothing that exists, or a file can't be read."""


class InputError(Exception):
    """An input given by the user does not exist or can't be listed: nothing should run."""


class Unreadable(Exception):
    """A file that becomes one reject. `error` is its short code, `str()` the sentence for a person."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(message)
        self.error = error
