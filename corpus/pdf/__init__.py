"""From PDF to passages."""

from corpus.pdf.reading import VERSION, extractor, read_pdf

extractor_name = extractor

__all__ = ["VERSION", "extractor", "extractor_name", "read_pdf"]
