"""A claim: who is said to hold a post, by which rule."""

from dataclasses import dataclass

from letopis.find.posts.phrase import Post


@dataclass(frozen=True, slots=True)
class Claim:
    """`name` is the post's nominative where the words of the post are a verb ('возглавил': 'глава'), else ''."""

    person: int
    post: Post
    status: str
    rule: str
    name: str = ""
