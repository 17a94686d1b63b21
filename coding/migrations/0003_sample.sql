-- A random sample of passages for estimation, apart from what the queue puts first.
CREATE TABLE sampled (
    document_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    quote TEXT NOT NULL,             -- the passage's text, by which it finds its place in a text extracted anew
    stratum TEXT NOT NULL,           -- what the program said of the passage when the sample was drawn
    coder TEXT NOT NULL,             -- the program that said so
    drawn_at TEXT NOT NULL,
    PRIMARY KEY (document_id, start)
) STRICT, WITHOUT ROWID;
