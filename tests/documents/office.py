"""LibreOffice for tests: accepts or rejects tracked changes, saves again, prints. Many files in one start of it.

A start costs some seconds: hand over all files of a test at once, and share what comes back between tests.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import pytest

TIMEOUT_SECONDS: Final = 100
_FLAGS: Final = ("--headless", "--norestore", "--nologo", "--nolockcheck")

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not here: `make office` installs it"
)


class Act(StrEnum):
    """What LibreOffice does with a file before it saves it."""

    ACCEPT = "accept"  # every tracked change
    REJECT = "reject"
    SAVE = "save"  # nothing: opens it and saves it again
    PDF = "pdf"


def accepted(files: Sequence[bytes]) -> list[bytes]:
    """Word files after all their tracked changes were accepted, saved by LibreOffice as Word files."""
    return done([(Act.ACCEPT, file) for file in files])


def rejected(files: Sequence[bytes]) -> list[bytes]:
    """Word files after all their tracked changes were rejected, saved by LibreOffice as Word files."""
    return done([(Act.REJECT, file) for file in files])


def resaved(files: Sequence[bytes]) -> list[bytes]:
    """Word files as LibreOffice saves them, tracked changes and all."""
    return done([(Act.SAVE, file) for file in files])


def as_pdf(files: Sequence[bytes], suffix: str = "docx") -> list[bytes]:
    """Files of any kind that LibreOffice opens (`suffix` says which), printed."""
    return done([(Act.PDF, file) for file in files], suffix)


def done(jobs: Sequence[tuple[Act, bytes]], suffix: str = "docx") -> list[bytes]:
    """The results of all `jobs` in their order, in one run of LibreOffice. Raises AssertionError where one fails."""
    with tempfile.TemporaryDirectory(prefix="chapeau-office-") as folder:
        at = Path(folder)
        lines = []
        for number, (act, content) in enumerate(jobs):
            (at / f"{number}.{suffix}").write_bytes(content)
            lines.append(f"{act}|{_url(at / f'{number}.{suffix}')}|{_url(_result(at, number, act))}")
        (at / "jobs.txt").write_text("\n".join(lines) + "\n", "utf-8")
        _run(at)
        told = (at / "told.txt").read_text("utf-8") if (at / "told.txt").exists() else "the macro did not run"
        missing = [n for n, (act, _) in enumerate(jobs) if not _result(at, n, act).exists()]
        assert not missing, f"LibreOffice did not do the jobs {missing}: {told}"
        return [_result(at, number, act).read_bytes() for number, (act, _) in enumerate(jobs)]


def _run(at: Path) -> None:
    profile = at / "profile"
    basic = profile / "user" / "basic" / "Standard"
    basic.mkdir(parents=True)
    for path, content in (
        (profile / "user" / "registrymodifications.xcu", _SETTINGS),
        (basic.parent / "script.xlc", _LIBRARIES),
        (basic / "script.xlb", _LIBRARY),
        (basic / "Chapeau.xba", _MODULE.format(source=escape(_MACRO.replace("FOLDER", str(at))))),
    ):
        path.write_text(content, "utf-8")
    command = ["soffice", f"-env:UserInstallation={_url(profile)}", *_FLAGS, "macro:///Standard.Chapeau.Main"]
    office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        office.wait(TIMEOUT_SECONDS)
    finally:
        if office.poll() is None:
            os.killpg(office.pid, signal.SIGKILL)  # soffice is a script: what it started goes with it
            office.wait()


def _result(at: Path, number: int, act: Act) -> Path:
    return at / f"{number}.done.{'pdf' if act is Act.PDF else 'docx'}"


def _url(path: Path) -> str:
    return path.as_uri()


# A macro in a profile of its own: the packages of the system bring neither Python for LibreOffice nor its bridge.
_MACRO: Final = """
Sub Main
  Dim jobs%, told%, job$
  jobs = FreeFile
  Open "FOLDER/jobs.txt" For Input As #jobs
  told = FreeFile
  Open "FOLDER/told.txt" For Output As #told
  Do While Not Eof(jobs)
    Line Input #jobs, job
    If job <> "" Then Print #told, job & ": " & Done(Split(job, "|"))
  Loop
  Close #jobs
  Close #told
  StarDesktop.terminate()
End Sub

Function Done(parts) As String
  Dim doc, kind$
  On Error GoTo Failed
  doc = StarDesktop.loadComponentFromURL(parts(1), "_blank", 0, Array(Prop("Hidden", True)))
  If parts(0) = "accept" Then Dispatch(doc, ".uno:AcceptAllTrackedChanges")
  If parts(0) = "reject" Then Dispatch(doc, ".uno:RejectAllTrackedChanges")
  kind = "MS Word 2007 XML"
  If parts(0) = "pdf" Then
    kind = "writer_pdf_Export"
    If doc.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then kind = "calc_pdf_Export"
  End If
  doc.storeToURL(parts(2), Array(Prop("FilterName", kind)))
  doc.close(True)
  Done = "done"
  Exit Function
Failed:
  Done = Error$
End Function

Sub Dispatch(doc, command As String)
  createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch( _
    doc.CurrentController.Frame, command, "", 0, Array())
End Sub

Function Prop(name As String, value)
  Dim made As New com.sun.star.beans.PropertyValue
  made.Name = name
  made.Value = value
  Prop = made
End Function
"""

# Without this LibreOffice would fill the profile anew at its first start, and forget the macro.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><item oor:path="/org.openoffice.Setup/Office"><prop
  oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item></oor:items>
"""
_LIBRARIES: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library">
 <library:library library:name="Standard" library:link="false"/>
</library:libraries>
"""
_LIBRARY: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
  library:passwordprotected="false"><library:element library:name="Chapeau"/></library:library>
"""
_MODULE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Chapeau"
  script:language="StarBasic">{source}</script:module>
"""
