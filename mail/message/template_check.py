"""Checks an operator's own templates before mails depend on them."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, meta

from languages.catalogues import LANGUAGES
from mail.message.preview import BRANDING, Sample, samples
from mail.message.rendering import MailBranding, Renderer, jinja_environment

_PARTS = (".subject.txt", ".txt", ".html")


class BrokenTemplateError(ValueError):
    """A template is broken. The message names the file, the line if known, and the cause."""


def check(folder: Path) -> None:
    """Raises BrokenTemplateError if a template in `folder` makes a mail fail or useless.

    Every mail is rendered in every language, and has to show its code and its link. A file that no
    mail uses is an error as well, as its name is most likely misspelt.
    """
    if not folder.is_dir():
        raise BrokenTemplateError(f"takes a folder, and {folder} is not one")
    _check_files(folder)
    # With and without a logo, support and a page to log in, which other settings decide.
    for branding in (MailBranding(), BRANDING):
        renderer = Renderer(folder, branding=branding)
        for sample in samples():
            for language in LANGUAGES:
                _check_sample(sample, language, renderer=renderer, folder=folder)


def _check_files(folder: Path) -> None:
    templates = jinja_environment(folder)
    names = sorted(_templates_in(folder))
    known = {f"{each.template}{part}" for each in samples() for part in _PARTS} | {"layout.html"}
    used = set(known)
    for name in names:
        referenced = _references(folder / name, name, templates)
        # None: the name is computed while rendering, so any file may be used.
        used |= set(names) if None in referenced else {each for each in referenced if each}
    for name in names:
        if name not in used:
            similar = get_close_matches(name, known, n=1)
            hint = f"; did you mean {similar[0]}?" if similar else ""
            raise BrokenTemplateError(f"{folder / name}: no mail uses this template{hint}")


def _templates_in(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.suffix in {".html", ".txt"}:
            yield path.relative_to(folder).as_posix()


def _references(path: Path, name: str, templates: Environment) -> set[str | None]:
    """The templates that this one includes, extends or imports. None: a computed name."""
    try:
        source = path.read_text("utf-8")
        templates.get_template(name)
        return set(meta.find_referenced_templates(templates.parse(source)))
    except TemplateSyntaxError as error:
        raise BrokenTemplateError(f"{path}, line {error.lineno}: {error.message}") from None
    except UnicodeDecodeError:
        raise BrokenTemplateError(f"{path}: is not UTF-8") from None
    except OSError as error:
        raise BrokenTemplateError(f"{path}: {error.strerror}") from None


def _check_sample(sample: Sample, language: str, *, renderer: Renderer, folder: Path) -> None:
    try:
        subject, text, html = renderer.render(sample.template, sample.values, language=language)
    except Exception as error:  # noqa: BLE001 - a template can raise anything
        where = _place(error.__traceback__, folder) or str(folder)
        tried = f"{sample.name} in {language}"
        raise BrokenTemplateError(f"{where}: {_cause(error)} ({tried})") from None
    if not subject:
        raise BrokenTemplateError(f"{folder}: {sample.template}.subject.txt comes out empty")
    for proof in ("code", "link"):
        shown = str(sample.values.get(proof) or "")
        for ending, content in ((".txt", text), (".html", html)):
            if shown not in content:
                # The layout may be the cause, so the message names the folder and the result.
                raise BrokenTemplateError(
                    f"{folder}: {sample.template}{ending} comes out without the {proof}"
                )


def _place(trace: TracebackType | None, folder: Path) -> str | None:
    """The innermost line of a template in `folder` that was being rendered."""
    place = None
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(folder):
            place = f"{path}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _cause(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name}"
    return str(error) or type(error).__name__
