-- The lists made anew: what waits by kind and time, and parts of words by groups of three letters. All of it is an index
-- of ordinary strands; `index_due` has the opening fill it from the journal, where there is one.
CREATE INDEX IF NOT EXISTS strand_restricted ON strand (strand) WHERE wraps IS NOT NULL;

DROP TABLE case_index;
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
    seq INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX case_by_reference ON case_index (reference);
-- Holds every column, so that a list is read in order from these pages alone, also while it is searched.
CREATE INDEX case_by_change ON case_index (
    changed_at_utc DESC, strand, reference, state, grade, category, site, opened_at_utc, opened_by, title, seq
);
CREATE INDEX case_by_state ON case_index (state, changed_at_utc);

-- What waits in a case and since when, one row for each kind of thing; Home reads the first few of each kind.
DROP TABLE IF EXISTS waiting_index;
CREATE TABLE waiting_index (
    kind TEXT NOT NULL,
    since TEXT NOT NULL,
    strand TEXT NOT NULL,
    PRIMARY KEY (kind, since, strand)
) WITHOUT ROWID;
CREATE INDEX waiting_by_strand ON waiting_index (strand);

-- Reference and title by groups of three letters; a row's number is that of the case's first entry.
CREATE VIRTUAL TABLE case_letters USING fts5 (reference, title, strand UNINDEXED, detail = none, tokenize = 'trigram');
INSERT INTO case_letters (case_letters, rank) VALUES ('secure-delete', 1);

INSERT OR REPLACE INTO desk_state (name, value) SELECT 'index_due', 1 WHERE EXISTS (SELECT 1 FROM entry);
