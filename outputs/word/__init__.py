"""The report and the quotes as Word documents: what a researcher edits into a publication."""

from outputs.word.appendix import write_quotes
from outputs.word.matrix import write_matrix
from outputs.word.report import write_word
from outputs.word.template import TemplateError

__all__ = ["TemplateError", "write_matrix", "write_quotes", "write_word"]
