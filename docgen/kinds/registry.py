"""The kinds of document there are. A new one is a folder here, a line in this list, and a template."""

from __future__ import annotations

from docgen.kinds.case.kind import CASE
from docgen.kinds.follow_up.kind import FOLLOW_UP
from docgen.kinds.guide.kind import GUIDE
from docgen.kinds.hearing_note.kind import HEARING_NOTE
from docgen.kinds.kind import Kind
from docgen.kinds.meeting.kind import MEETING
from docgen.kinds.policy.kind import POLICY

KINDS: dict[str, Kind] = {kind.name: kind for kind in (CASE, FOLLOW_UP, GUIDE, HEARING_NOTE, MEETING, POLICY)}
"""By name, in the order of lists."""
