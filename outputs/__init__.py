"""From codings to what people read: tables, figures, report, workbook, exports."""
