-- Reference and first line of each ordinary case by groups of three letters, so that a part of either is found without
-- reading them all. Part of the index like what stands above it in the first step; a row's number is that of the
-- case's first entry, which never changes.
CREATE VIRTUAL TABLE case_letters USING fts5 (reference, title, strand UNINDEXED, detail = none, tokenize = 'trigram');
INSERT INTO case_letters (case_letters, rank) VALUES ('secure-delete', 1);
INSERT INTO case_letters (rowid, reference, title, strand)
    SELECT e.seq, c.reference, c.title, c.strand FROM case_index c
    JOIN entry e ON e.strand = c.strand AND e.strand_seq = 1;

-- A closed case that was stopped later reads as stopped.
UPDATE case_index SET state = 'stopped'
    WHERE state = 'closed' AND strand IN (SELECT strand FROM waiting_index WHERE kind = 'stopped');
