"""A cold process: compile a Typst file. Arguments: the .typ file, the .pdf to write."""

import sys

import typst

typst.compile(sys.argv[1], output=sys.argv[2], ignore_system_fonts=True)
