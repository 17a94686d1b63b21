-- Documents of the study, their text as each extractor version read it, and the passages in it.
CREATE TABLE document (
    id TEXT PRIMARY KEY,             -- SHA-256 of the file
    file_name TEXT NOT NULL,
    added_at TEXT NOT NULL,
    facts TEXT NOT NULL              -- JSON: corpus.model.Document as inferred, before metadata.csv is applied
) STRICT;

CREATE TABLE text_version (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document (id),
    extractor TEXT NOT NULL,
    text TEXT NOT NULL,
    pages INTEGER,
    title TEXT,
    is_current INTEGER NOT NULL      -- 1 for the version in use; older ones stay while decisions refer to them
) STRICT;
CREATE UNIQUE INDEX one_current_version ON text_version (document_id) WHERE is_current = 1;

CREATE TABLE passage (
    version_id TEXT NOT NULL REFERENCES text_version (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    heading_path TEXT NOT NULL,      -- JSON list
    start INTEGER NOT NULL,          -- code points in text_version.text
    "end" INTEGER NOT NULL,
    anchors TEXT NOT NULL,           -- JSON: [start, end, page, x0, top, x1, bottom] per printed line
    ocr_confidence REAL,
    PRIMARY KEY (version_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE failure (
    file_name TEXT NOT NULL,
    document_id TEXT,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    page INTEGER,
    fingerprint TEXT,                -- SHA-256 of a file that could not be read at all, and by which extractor:
    extractor TEXT                   -- the same file need not be tried again by the same reader
) STRICT;
CREATE INDEX failure_by_file ON failure (file_name);
