"""A study as REFI-QDA (standard 1.5): the project and the codebook that ATLAS.ti, NVivo and MAXQDA read."""

from outputs.refi.codebook import write_codebook
from outputs.refi.project import Choice, Project, make_project, write_project

__all__ = ["Choice", "Project", "make_project", "write_codebook", "write_project"]
