"""Readers of every format but PDF: bytes in, `corpus.model.Extraction` out, without pages and so without anchors."""
