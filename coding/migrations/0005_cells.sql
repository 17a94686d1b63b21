-- Cells (municipality × theme): when a person established 'niet gevonden', and the researcher's own summary. Append-only.
CREATE TABLE cell_closing (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    time TEXT NOT NULL,
    coder TEXT NOT NULL,
    municipality TEXT NOT NULL,
    theme TEXT NOT NULL,
    codebook TEXT NOT NULL,
    searched TEXT NOT NULL           -- JSON: coding.cell_events.Searched
) STRICT;

CREATE TABLE cell_summary (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    time TEXT NOT NULL,
    coder TEXT NOT NULL,
    municipality TEXT NOT NULL,
    theme TEXT NOT NULL,
    codebook TEXT NOT NULL,
    text TEXT NOT NULL,
    quotes TEXT NOT NULL             -- JSON: list of coding.cell_events.Chosen
) STRICT;

CREATE TRIGGER closings_stay BEFORE DELETE ON cell_closing
BEGIN SELECT RAISE(ABORT, 'closings are append-only: record a new one instead'); END;
CREATE TRIGGER closings_do_not_change BEFORE UPDATE ON cell_closing
BEGIN SELECT RAISE(ABORT, 'closings are append-only: record a new one instead'); END;
CREATE TRIGGER closings_are_not_replaced BEFORE INSERT ON cell_closing
WHEN EXISTS (SELECT 1 FROM cell_closing WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'closings are append-only: record a new one instead'); END;

CREATE TRIGGER summaries_stay BEFORE DELETE ON cell_summary
BEGIN SELECT RAISE(ABORT, 'summaries are append-only: record a new one instead'); END;
CREATE TRIGGER summaries_do_not_change BEFORE UPDATE ON cell_summary
BEGIN SELECT RAISE(ABORT, 'summaries are append-only: record a new one instead'); END;
CREATE TRIGGER summaries_are_not_replaced BEFORE INSERT ON cell_summary
WHEN EXISTS (SELECT 1 FROM cell_summary WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'summaries are append-only: record a new one instead'); END;
