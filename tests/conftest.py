"""What several folders share: the demo study, made once."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coding.cli import app


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The study that the verb ``demo`` makes, and what it printed. Copy the study before you change it."""
    folder = tmp_path_factory.mktemp("demo") / "demo-study"
    return folder, CliRunner().invoke(app, ["demo", str(folder)])
