-- Version 7. What needs more than SQL is done after it, in `open.rs`.

-- Whoever guesses waits: how often in a row they missed, and how much of the pause is left, in milliseconds of a kiosk
-- that runs. No clock that can be set says when it is over.
CREATE TABLE pauses (
    what   TEXT PRIMARY KEY, -- as book::pauses::Guarded names it
    misses INTEGER NOT NULL,
    "left" INTEGER NOT NULL
) STRICT;
INSERT INTO pauses (what, misses, "left") SELECT 'pin ' || name, misses, 0 FROM staff WHERE misses > 0;
ALTER TABLE staff DROP COLUMN misses;
ALTER TABLE staff DROP COLUMN closed_until;
-- Which list of a roll is the newest, from 0, and when it was made; NULL: when the roll was called.
ALTER TABLE rolls ADD COLUMN issue INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rolls ADD COLUMN issued INTEGER;

-- Signed out by the number of their badge alone, which anybody can read: 1 until somebody has said whether it is so.
ALTER TABLE visits ADD COLUMN doubted INTEGER NOT NULL DEFAULT 0 CHECK (doubted IN (0, 1));
CREATE INDEX doubted_visits ON visits (closes) WHERE doubted = 1;
-- When that happened of late, and to how many people at once.
CREATE TABLE numbered (
    at     INTEGER NOT NULL,
    people INTEGER NOT NULL
) STRICT;

-- Mails to hosts that strangers caused of late: who is counted together, in words of strangers::Stranger.
CREATE TABLE strangers (
    at   INTEGER NOT NULL,
    what TEXT NOT NULL
) STRICT;

-- Names and numbers. A visit is found by its visitor's name as an invitation is, and both by their number, however they
-- were written. `names.rs` writes them down as they are written today.
ALTER TABLE visits ADD COLUMN name_key TEXT NOT NULL DEFAULT ''; -- visit::name_key of the name; '' where it was erased
ALTER TABLE visits ADD COLUMN number TEXT GENERATED ALWAYS AS (replace(phone, '#', '')) VIRTUAL; -- Phone::key
ALTER TABLE invitations ADD COLUMN number TEXT GENERATED ALWAYS AS (replace(phone, '#', '')) VIRTUAL;
CREATE INDEX visits_by_name ON visits (name_key) WHERE name_key <> '';
DROP INDEX visits_by_phone;
CREATE INDEX visits_by_number ON visits (number) WHERE number IS NOT NULL;
CREATE INDEX invitations_by_number ON invitations (number) WHERE number IS NOT NULL;

-- What earlier programs erased may still stand in the file: they did not look whether a reader kept it there.
INSERT INTO house (name, value)
SELECT 'to_wipe', max(at) || ' ' || max(seq) FROM journal WHERE kind IN ('erased', 'forgotten') HAVING max(seq) > 0;

-- What a file was looked for by may be somebody's name: it is kept only until the file is there.
UPDATE errands SET work = json_set(work, '$.what.visits.words', '')
WHERE state IN ('done', 'failed', 'unknown')
AND CASE WHEN json_valid(work) THEN work ->> 'kind' = 'export' AND work ->> '$.what.visits.words' <> '' END;

-- What visits are found by, in words of findable::words; a row has the number of its visit (the book is never vacuumed,
-- which could number visits anew). Only which visits have a word is kept, not where: that is looked for in those that
-- are found. What is erased here is gone from the index at once, and not at its next merge. It is filled, and what is
-- left of the older one taken away, by and by.
CREATE VIRTUAL TABLE findable
    USING fts5(words, detail = none, columnsize = 0, tokenize = "ascii tokenchars '_'", prefix = '1 2 3');
INSERT INTO findable (findable, rank) VALUES ('secure-delete', 1);
DROP TRIGGER erased_visits;
-- What is left of the older index are two plain tables, which may be nearly all of the book.
ALTER TABLE found_content RENAME TO old_found_content;
ALTER TABLE found_data RENAME TO old_found_data;
DROP TABLE found;
CREATE TRIGGER erased_visits AFTER UPDATE OF name ON visits
WHEN new.name = '已删除 Erased' AND old.name <> new.name
BEGIN
    DELETE FROM findable WHERE rowid = new.rowid;
    UPDATE visits SET note = NULL, pass = NULL, watched = NULL WHERE id = new.id;
    DELETE FROM errands WHERE subject IN (SELECT roll FROM roll_marks WHERE visit = new.id);
    DELETE FROM roll_marks WHERE visit = new.id;
END;

-- What each row was when it was written: see sums.rs, which also has the numbers of the tables.
CREATE TABLE sums (
    tab INTEGER NOT NULL,
    row INTEGER NOT NULL, -- its rowid
    sum INTEGER NOT NULL,
    PRIMARY KEY (tab, row)
) STRICT, WITHOUT ROWID;

-- A new visit is no reason to read every badge that was made void.
CREATE INDEX void_tokens_of ON void_tokens (visit_id);
