-- How a decision was come to: empty (a suggestion may have been in view), 'blind' or 'adjudication'.
ALTER TABLE decision ADD COLUMN manner TEXT NOT NULL DEFAULT '' CHECK (manner IN ('', 'blind', 'adjudication'));

-- Passages handed out to coders; drawn at random and coded blind, or a share of the work.
CREATE TABLE assigned (
    batch INTEGER NOT NULL,          -- 1, 2, …: what was handed out at one time
    document_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    quote TEXT NOT NULL,             -- the passage's text, by which it finds its place in a text extracted anew
    coder TEXT NOT NULL,
    blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
    stratum TEXT NOT NULL,           -- what the program said of the passage when it was drawn; empty when it was not
    assigned_at TEXT NOT NULL,
    PRIMARY KEY (batch, document_id, start, coder)
) STRICT, WITHOUT ROWID;
