"""From PDF to passages."""

from corpus.pdf.reading import VERSION, extractor_name, read_pdf

__all__ = ["VERSION", "extractor_name", "read_pdf"]
