"""Where things live, and that nobody else can enter."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from dsl_desk import paths
from dsl_desk.domain.errors import DslDeskError


def test_the_fonts_of_the_forms_are_found_in_a_checkout():
    assert (paths.resources() / "fonts" / "DejaVuSans.ttf").is_file()


def test_an_installed_copy_finds_its_resources_inside_the_package(tmp_path, monkeypatch):
    installed = tmp_path / "site-packages" / "dsl_desk"
    (installed / "_resources" / "fonts").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", installed)

    assert installed / "_resources" == paths.resources()


def test_a_copy_without_its_resources_says_to_install_again_and_names_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "nobody" / "dsl_desk")

    with pytest.raises(paths.ResourcesMissingError) as refused:
        paths.resources()

    assert "install DSL Desk again" in str(refused.value)
    assert "nobody" not in str(refused.value)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are inherited from the profile there")
def test_a_new_folder_is_its_owners_alone(tmp_path):
    made = paths.make_private(tmp_path / "a" / "b")

    assert stat.S_IMODE(made.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="rights are inherited from the profile there")
def test_an_open_folder_is_closed_to_others(tmp_path):
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)

    paths.make_private(folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("hindrance", ["file", "link", "file above"])
def test_a_folder_that_cannot_be_private_is_refused_in_words_without_its_name(tmp_path, hindrance):
    place: Path = tmp_path / "Testa-Sample"
    if hindrance == "link":
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    else:
        place.write_text("in the way")
    wanted = place / "below" if hindrance == "file above" else place

    with pytest.raises(DslDeskError) as refused:
        paths.make_private(wanted)

    assert "Testa" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_every_place_of_this_login_lies_apart_from_the_checkout(monkeypatch, tmp_path):
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))

    places = {paths.config_folder(), paths.log_folder(), paths.suggested_desk_folder()}

    assert len(places) == 3
    assert not any(place.exists() for place in places)
