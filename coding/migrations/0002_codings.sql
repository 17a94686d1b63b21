-- Codebooks used, suggestions of the program, flags, and people's decisions (append-only).
CREATE TABLE codebook_version (
    content TEXT PRIMARY KEY,        -- Codebook.content
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    used_at TEXT NOT NULL,
    source TEXT NOT NULL             -- the file's whole text
) STRICT;

CREATE TABLE coded (
    version_id TEXT PRIMARY KEY,     -- text version coded, and by which coder: tells what needs no recoding
    coder TEXT NOT NULL,
    coded_at TEXT NOT NULL
) STRICT;

CREATE TABLE coding (
    version_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    code TEXT NOT NULL,
    coder TEXT NOT NULL,
    score REAL NOT NULL,
    level TEXT NOT NULL,
    methods TEXT NOT NULL,           -- JSON: method → score
    evidence TEXT NOT NULL,          -- JSON: [start, end, term]
    PRIMARY KEY (version_id, start, "end", code)
) STRICT, WITHOUT ROWID;

CREATE TABLE flag (
    version_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    facts TEXT NOT NULL,             -- JSON: coding.model.Flag
    PRIMARY KEY (version_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    time TEXT NOT NULL,
    coder TEXT NOT NULL,
    document_id TEXT NOT NULL,
    version_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    code TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'read', 'withdraw')),
    quote TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    page INTEGER,
    codebook TEXT NOT NULL,
    memo TEXT NOT NULL,
    supersedes TEXT REFERENCES decision (id)
) STRICT;

CREATE TRIGGER decisions_stay BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only: record a new one instead'); END;
CREATE TRIGGER decisions_do_not_change BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only: record a new one instead'); END;

-- REPLACE would delete without the trigger above being asked.
CREATE TRIGGER decisions_are_not_replaced BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'decisions are append-only: record a new one instead'); END;

-- Where a decision stands in a later version of its document's text; both NULL: looked for and not found.
CREATE TABLE placement (
    decision_id TEXT NOT NULL REFERENCES decision (id),
    version_id TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    PRIMARY KEY (decision_id, version_id)
) STRICT, WITHOUT ROWID;

-- Coders with a personal link to the review page; only the link's hash is kept.
CREATE TABLE coder_link (
    link TEXT PRIMARY KEY,
    coder TEXT NOT NULL,
    made_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;

CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
