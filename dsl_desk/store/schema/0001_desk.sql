-- The desk's first tables. Keys of these columns never change meaning; later columns may be added.
-- Tables keyed by a random id are WITHOUT ROWID, so that rows tell nothing of their order.

CREATE TABLE desk_state (
    name TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;

CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    strand TEXT NOT NULL,
    strand_seq INTEGER NOT NULL,
    header BLOB NOT NULL,
    digest TEXT NOT NULL,
    payload BLOB,
    session TEXT NOT NULL,
    signature BLOB NOT NULL,
    also BLOB
);
CREATE UNIQUE INDEX entry_by_strand ON entry (strand, strand_seq);

CREATE TABLE strand (
    strand TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    key BLOB,
    wraps BLOB,
    PRIMARY KEY (strand, epoch)
) WITHOUT ROWID;

CREATE TABLE blob (
    blob TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    file_sha256 TEXT NOT NULL,
    quarantined INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE doomed (
    blob TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE signing_key (
    slot TEXT NOT NULL,
    salt TEXT NOT NULL,
    certificate TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (slot, salt)
) WITHOUT ROWID;

-- `holders`: key ids in order, joined by a comma; one for a recovery pair, two for a pair of issuers.
CREATE TABLE root_wrap (
    holders TEXT PRIMARY KEY,
    wrap BLOB NOT NULL
) WITHOUT ROWID;

-- A draft of a case is sealed under its strand; before a case exists it is wrapped to its author.
CREATE TABLE draft (
    draft TEXT PRIMARY KEY,
    strand TEXT,
    author TEXT NOT NULL,
    seq INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    wrap BLOB
) WITHOUT ROWID;

-- Everything below is an index of ordinary strands: it can be dropped and rebuilt from the journal.
CREATE TABLE case_index (
    strand TEXT PRIMARY KEY,
    reference TEXT NOT NULL,
    state TEXT NOT NULL,
    grade TEXT NOT NULL,
    category TEXT NOT NULL,
    site TEXT NOT NULL,
    opened_at_utc TEXT NOT NULL,
    changed_at_utc TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    title TEXT NOT NULL,
    seq INTEGER NOT NULL,
    waits INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX case_by_reference ON case_index (reference);
-- Holds every column, so that a list is read in order from these pages alone, also while it is searched.
CREATE INDEX case_by_change ON case_index (
    changed_at_utc DESC, strand, reference, state, grade, category, site, opened_at_utc, opened_by, title, seq, waits
);
CREATE INDEX case_waiting ON case_index (changed_at_utc) WHERE waits = 1;
CREATE INDEX case_by_state ON case_index (state, changed_at_utc);

CREATE TABLE link_index (
    strand TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (strand, kind, value)
) WITHOUT ROWID;
CREATE INDEX link_by_value ON link_index (kind, value);

CREATE VIRTUAL TABLE search USING fts5 (words, strand UNINDEXED, kind UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
