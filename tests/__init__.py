"""The tests. The package comes first: it chooses the kernel of matrix products before numpy is loaded."""

import letopis  # noqa: F401
