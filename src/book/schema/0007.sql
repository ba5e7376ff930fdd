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
