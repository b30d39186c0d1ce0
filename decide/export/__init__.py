"""The results in forms that other programs show and work on: tables, a workbook, slides, a PDF."""
