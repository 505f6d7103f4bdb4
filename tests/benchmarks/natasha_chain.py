"""natasha's chain as its README shows it, over the `text` column of a Parquet file; nothing is written."""

import sys
from pathlib import Path

import pyarrow.parquet as pq
from natasha import Doc, MorphVocab, NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser, Segmenter


def main(path: Path) -> None:
    """Segment, tag, parse, find names, lemmas and normal forms."""
    segmenter, vocabulary, embedding = Segmenter(), MorphVocab(), NewsEmbedding()
    morphology, syntax, names = NewsMorphTagger(embedding), NewsSyntaxParser(embedding), NewsNERTagger(embedding)
    count = 0
    for text in pq.read_table(path, columns=["text"])["text"].to_pylist():
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_morph(morphology)
        for token in doc.tokens:
            token.lemmatize(vocabulary)
        doc.parse_syntax(syntax)
        doc.tag_ner(names)
        for span in doc.spans:
            span.normalize(vocabulary)
        count += len(doc.spans)
    sys.stdout.write(f"{count} names\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
