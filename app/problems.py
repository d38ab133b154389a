"""Every error a person can meet: one class per problem type, with its HTTP status, its slug, a sentence and a remedy.

Raised where the fact is known; turned into RFC 9457 `application/problem+json` by the API, into a sentence by the
command line. The facts given to the constructor fill the sentence and travel along as members of the problem.
"""

from typing import ClassVar


class Problem(Exception):
    """Something a person asked for that cannot be done, said so that they know what to do next."""

    status: ClassVar[int] = 400
    slug: ClassVar[str] = "bad-request"
    title: ClassVar[str] = "This request cannot be carried out"
    sentence: ClassVar[str] = "This request cannot be carried out."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        self.detail = self.sentence.format(**facts)
        super().__init__(self.detail)


# --- the text -------------------------------------------------------------------------------------------------------


class TextRefused(Problem):
    """A text that would not read as it is stored: control, bidirectional-override or invisible characters."""

    status = 422
    slug = "text-refused"
    title = "This text has a character that is not accepted"
    sentence = "{field}: {reason} at character {position}. {remedy}"


class TextTooLong(Problem):
    status = 422
    slug = "text-too-long"
    title = "This text is too long"
    sentence = "{field} has {length} characters; at most {limit} are accepted. Shorten it or split it into several paragraphs."


class TextEmpty(Problem):
    status = 422
    slug = "text-empty"
    title = "This text is empty"
    sentence = "{field} has no words. Give the wording, or propose a deletion if the paragraph should go."


class DraftUnreadable(Problem):
    """A draft file with a line that has no place in the format."""

    status = 422
    slug = "draft-unreadable"
    title = "This draft cannot be read"
    sentence = "Line {line}: found {found}; expected {expected}."
