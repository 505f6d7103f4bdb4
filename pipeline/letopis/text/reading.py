"""Documents -> Readings: the clean text of each annotated field, with the way back to the original."""

import numpy as np

from letopis.layers import Block, Documents, Readings


def read(documents: Documents) -> Readings:
    """Clean the title and body of every annotated document."""
    document, field, clean, starts, ends, blocks = [], [], [], [], [], []
    for i, d in enumerate(documents):
        for name, text in (("title", d.title), ("text", d.text)):
            if not d.annotated or not text:
                continue
            document.append(i)
            field.append(name)
            clean.append(text)
            starts.append(np.arange(len(text), dtype=np.int32))
            ends.append(np.arange(1, len(text) + 1, dtype=np.int32))
            blocks.append((Block(0, len(text), "paragraph"),))
    return Readings(np.array(document, np.int32), tuple(field), tuple(clean), tuple(starts), tuple(ends), tuple(blocks))
