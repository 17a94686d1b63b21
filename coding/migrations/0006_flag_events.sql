-- What people say of flags, and the tensions they make of two quotes themselves. Append-only.
CREATE TABLE flag_event (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    time TEXT NOT NULL,
    coder TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'join', 'withdraw')),
    relation TEXT NOT NULL,          -- empty for a person's own pair of codes
    flag TEXT NOT NULL,              -- JSON: coding.model.Flag as it stood
    quotes TEXT NOT NULL,            -- JSON: the left and the right coding.cell_events.Chosen
    memo TEXT NOT NULL,
    codebook TEXT NOT NULL,
    supersedes TEXT REFERENCES flag_event (id)
) STRICT;

CREATE TRIGGER flag_events_stay BEFORE DELETE ON flag_event
BEGIN SELECT RAISE(ABORT, 'decisions are append-only: record a new one instead'); END;
CREATE TRIGGER flag_events_do_not_change BEFORE UPDATE ON flag_event
BEGIN SELECT RAISE(ABORT, 'decisions are append-only: record a new one instead'); END;
CREATE TRIGGER flag_events_are_not_replaced BEFORE INSERT ON flag_event
WHEN EXISTS (SELECT 1 FROM flag_event WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'decisions are append-only: record a new one instead'); END;
