import pytest

from tests.browser.launching import executable


def test_without_chromium_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(
        RuntimeError, match=r"no Chromium was found.*apt-get install chromium.*CHROMIUM=/path"
    ):
        executable()


def test_chromium_is_the_one_that_is_named(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(RuntimeError, match="CHROMIUM=/nowhere/chromium is not there"):
        executable()
    monkeypatch.setenv("CHROMIUM", "/bin/sh")
    assert executable() == "/bin/sh"
