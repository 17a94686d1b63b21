"""A study's folder: made, opened, configured; what is none is refused with what to do."""

from pathlib import Path

import pytest

from corpus.model import SegmentSettings
from corpus.study import CellSettings, StudyError, create_study, open_study


def test_new_study_opens_with_its_codebook_and_settings(tmp_path: Path) -> None:
    create_study(tmp_path / "mijn studie", "# codeboek\n")
    study = open_study(tmp_path / "mijn studie")
    assert study.codebook.read_text() == "# codeboek\n"
    settings = study.settings()
    assert settings.name == "mijn studie"
    assert settings.segmentation == SegmentSettings()


def test_name_with_quotes_makes_settings_that_can_be_read(tmp_path: Path) -> None:
    study = create_study(tmp_path / 'a"b\\c', "")
    assert study.settings().name == "a b c"


def test_empty_folder_can_become_a_study(tmp_path: Path) -> None:
    assert create_study(tmp_path, "").settings()


def test_existing_study_is_not_made_again(tmp_path: Path) -> None:
    create_study(tmp_path / "s", "een")
    with pytest.raises(StudyError, match="hier staat al een studie"):
        create_study(tmp_path / "s", "twee")
    assert open_study(tmp_path / "s").codebook.read_text() == "een"


def test_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "scriptie.docx").write_text("werk")
    with pytest.raises(StudyError, match="niet leeg"):
        create_study(tmp_path, "")
    assert [p.name for p in tmp_path.iterdir()] == ["scriptie.docx"]


def test_folder_that_is_no_study_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="rodedraad new"):
        open_study(tmp_path / "bestaat niet")


@pytest.mark.parametrize(
    "line",
    ["name = ", "[segmentation]\njoin_page = true", "[segmentation]\njoin_pages = 1", "[extraction]\njobs = 'twee'",
     "[extraction]\njobs = true", "kleur = 'rood'", "segmentation = 3",
     "[cells]\nsample = 0", "[cells]\ncandidates = 1.5"],
)  # fmt: skip
def test_setting_that_is_wrong_is_named_with_its_file(tmp_path: Path, line: str) -> None:
    study = create_study(tmp_path / "s", "")
    (study.path / "study.toml").write_text(line)
    with pytest.raises(StudyError, match=r"study\.toml"):
        study.settings()


def test_settings_are_taken_over(tmp_path: Path) -> None:
    study = create_study(tmp_path / "s", "")
    (study.path / "study.toml").write_text(
        "name = 'Wijk'\n[segmentation]\nmerge_lists = true\n[extraction]\njobs = 3\n"
    )
    settings = study.settings()
    assert (settings.name, settings.jobs, settings.segmentation.merge_lists) == ("Wijk", 3, True)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("plan.PDF", ".pdf"), ("plan", ""), ("a/b/plan.docx", ".docx"), ("x.../../../etc", ""), ("naam.pdf; rm -rf", ""),
     ("lang.aaaaaaaaaaaaaaaa", ""), ("é.t☃t", "")],
)  # fmt: skip
def test_copy_is_named_by_hash_whatever_the_file_is_called(tmp_path: Path, name: str, suffix: str) -> None:
    study = create_study(tmp_path / "s", "")
    original = tmp_path / "bron"
    original.write_bytes(b"inhoud")
    copy = study.keep_source("ab" * 32, original, name)
    assert copy == study.path / "sources" / f"{'ab' * 32}{suffix}"
    original.write_bytes(b"anders")
    assert copy.read_bytes() == b"inhoud"
    assert not copy.is_symlink()


def test_copy_already_there_is_left(tmp_path: Path) -> None:
    study = create_study(tmp_path / "s", "")
    (tmp_path / "a.txt").write_bytes(b"een")
    first = study.keep_source("cd" * 32, tmp_path / "a.txt", "a.txt")
    (tmp_path / "a.txt").unlink()
    assert study.keep_source("cd" * 32, tmp_path / "a.txt", "a.txt") == first


def test_what_to_read_of_a_cell_has_defaults_and_can_be_set(tmp_path: Path) -> None:
    study = create_study(tmp_path / "s", "")
    assert study.settings().cells == CellSettings(candidates=10, sample=30, seed=0)
    (study.path / "study.toml").write_text('name = "oud"\n')  # made before cells were known
    assert study.settings().cells == CellSettings()
    (study.path / "study.toml").write_text("[cells]\nsample = 60\nseed = 2026\n")
    assert study.settings().cells == CellSettings(candidates=10, sample=60, seed=2026)
