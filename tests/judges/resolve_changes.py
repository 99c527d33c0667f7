"""LibreOffice accepts or rejects all tracked changes of Word files, and says what text is left, or saves them.

Run by the system's Python, which has LibreOffice's `uno`: python3 resolve_changes.py PROFILE-FOLDER < ORDERS
An order is a line of three fields, parted by tabs: `accept`, `reject` or `keep`; a file; and the text file or Word file
(.docx) to write.
"""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

_COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges", "keep": ""}
_PIPE = "docgen-judge"
_TRIES = 300  # of a fifth of a second: a cold start on a busy machine takes long


def main() -> None:
    profile = Path(sys.argv[1]).resolve()
    accept = f"--accept=pipe,name={_PIPE};urp;"
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo", accept],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        context = _connected()
        services = context.ServiceManager
        desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        for line in sys.stdin:
            what, file, text = line.rstrip("\n").split("\t")
            document = desktop.loadComponentFromURL(Path(file).as_uri(), "_blank", 0, (_property("Hidden", True),))
            if command := _COMMANDS[what]:
                dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
            filter_name, options = ("MS Word 2007 XML", "") if text.endswith(".docx") else ("Text (encoded)", "UTF8")
            document.storeToURL(
                Path(text).as_uri(), (_property("FilterName", filter_name), _property("FilterOptions", options))
            )
            document.close(True)
        desktop.terminate()
        office.wait(60)
    finally:
        office.kill()


def _connected() -> Any:
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(_TRIES):
        try:
            return resolver.resolve(f"uno:pipe,name={_PIPE};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
    raise TimeoutError("LibreOffice does not answer")


def _property(name: str, value: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


main()
