"""A workbook as somebody else's program reads it: its sheets, each cell with its type, and how many charts."""

import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps([
    {
        "name": sheet.title,
        "cells": [[(cell.data_type, str(cell.value if cell.value is not None else "")) for cell in row] for row in sheet.iter_rows()],
        "charts": len(sheet._charts),
        "filter": sheet.auto_filter.ref,
        "frozen": sheet.freeze_panes,
    }
    for sheet in book.worksheets
]))
