"""Every sentence and heading of the page, one module a section; results only, no arithmetic."""
