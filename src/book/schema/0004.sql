-- The reception desk on the screen.

-- Receptionists. A try at a PIN is counted before it is looked at.
CREATE TABLE staff (
    name         TEXT PRIMARY KEY,
    role         TEXT NOT NULL CHECK (role IN ('receptionist', 'manager')),
    pin          TEXT NOT NULL, -- argon2id of the peppered PIN, as a PHC string
    misses       INTEGER NOT NULL DEFAULT 0,
    closed_until INTEGER NOT NULL DEFAULT 0
) STRICT;

ALTER TABLE visits ADD COLUMN note TEXT;    -- what reception noted
ALTER TABLE visits ADD COLUMN pass TEXT;    -- the numbered pass that they were lent, until it is back
ALTER TABLE visits ADD COLUMN watched TEXT; -- JSON of visit::Sighting; NULL where the watch list says nothing
ALTER TABLE visits ADD COLUMN witness TEXT; -- JSON of visit::Witness; NULL where nobody vouches for the agreement
CREATE UNIQUE INDEX lent_passes ON visits (pass) WHERE pass IS NOT NULL;

-- Invitations made at reception.
ALTER TABLE invitations ADD COLUMN email TEXT;
ALTER TABLE invitations ADD COLUMN lang TEXT;
-- On which days of the week it can be used, once on each: 1 is Monday, 2 Tuesday, 4 Wednesday …; 0: once at all.
ALTER TABLE invitations ADD COLUMN days INTEGER NOT NULL DEFAULT 0 CHECK (days BETWEEN 0 AND 127);
CREATE INDEX invitations_by_end ON invitations (good_until);

-- Whoever reception is to be told about.
CREATE TABLE watched (
    id      TEXT PRIMARY KEY, -- UUIDv7
    name    TEXT NOT NULL,    -- these three: '' where it is not known
    phone   TEXT NOT NULL,
    company TEXT NOT NULL,
    reason  TEXT NOT NULL,
    note    TEXT NOT NULL,
    until   INTEGER,          -- NULL: until it is taken off the list
    added   INTEGER NOT NULL,
    zone    INTEGER NOT NULL,
    by      TEXT NOT NULL
) STRICT;

-- Roll calls: who was on site when one began, and what came of each.
CREATE TABLE rolls (
    id    TEXT PRIMARY KEY, -- UUIDv7
    at    INTEGER NOT NULL,
    drill INTEGER NOT NULL CHECK (drill IN (0, 1)),
    by    TEXT NOT NULL,
    ended INTEGER,
    zone  INTEGER NOT NULL
) STRICT;
CREATE TABLE roll_marks (
    roll   TEXT NOT NULL REFERENCES rolls (id),
    visit  TEXT NOT NULL REFERENCES visits (id),
    place  INTEGER NOT NULL, -- in the order of the paper, from 1
    mark   TEXT CHECK (mark IN ('safe', 'missing')),
    by     TEXT,
    at     INTEGER,
    PRIMARY KEY (roll, visit)
) STRICT;

-- Supplies, and the daily look round the reception.
CREATE TABLE supplies (
    id    TEXT PRIMARY KEY, -- the key in the configuration
    stock INTEGER NOT NULL,
    used  INTEGER NOT NULL DEFAULT 0, -- millimetres of the roll that is in the printer
    told  INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)) -- whoever is responsible was written to
) STRICT;
CREATE TABLE checks (
    day  TEXT NOT NULL, -- 2026-11-25
    item TEXT NOT NULL, -- the key in the configuration
    by   TEXT NOT NULL,
    at   INTEGER NOT NULL,
    zone INTEGER NOT NULL,
    PRIMARY KEY (day, item)
) STRICT;

-- What reception must see: an errand that failed, until somebody has dealt with it.
ALTER TABLE errands ADD COLUMN settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1));
CREATE INDEX troubled_errands ON errands (subject) WHERE state IN ('failed', 'unknown') AND settled = 0;

-- What is looked for at every event is found without reading the rest: what waits, what is with a runner, what is to
-- be erased. A partial index is used only where its condition stands in the question word for word.
ALTER TABLE errands ADD COLUMN paper INTEGER GENERATED ALWAYS AS (work ->> 'kind' IN ('badge', 'roll')) VIRTUAL;
DROP INDEX open_errands;
CREATE INDEX queued_errands ON errands (paper, next_try) WHERE state = 'queued';
CREATE INDEX ending_errands ON errands (good_until) WHERE state = 'queued';
CREATE INDEX running_errands ON errands (state, paper) WHERE state = 'sending';

-- The same of what is to be erased. What stands here instead of a name is what forgetting writes.
ALTER TABLE deliveries ADD COLUMN erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1));
CREATE INDEX visits_to_erase ON visits ("left") WHERE name <> '已删除 Erased';
CREATE INDEX invitations_to_erase ON invitations (good_until) WHERE visitor <> '已删除 Erased';
CREATE INDEX feedback_to_erase ON feedback (at) WHERE words IS NOT NULL OR visit_id IS NOT NULL;
CREATE INDEX feedback_by_visit ON feedback (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX deliveries_to_erase ON deliveries (arrived) WHERE erased = 0;
CREATE INDEX instructed_by_time ON instructed (at);
CREATE INDEX remembered_by_time ON remembered (at);
-- What visits are found by, in words of history::index; a row has the number of its visit (the book is never vacuumed,
-- which could number visits anew). What is erased here is gone from the index at once, and not at its next merge.
CREATE VIRTUAL TABLE found USING fts5(name, company, sounds, marks, tokenize = 'ascii', prefix = '1 2 3');
INSERT INTO found (found, rank) VALUES ('secure-delete', 1);

-- Whoever is erased is erased everywhere, whoever does it. '已删除 Erased' is forgetting::ERASED.
CREATE TRIGGER erased_visits AFTER UPDATE OF name ON visits
WHEN new.name = '已删除 Erased' AND old.name <> new.name
BEGIN
    DELETE FROM found WHERE rowid = new.rowid;
    UPDATE visits SET note = NULL, pass = NULL, watched = NULL WHERE id = new.id;
    DELETE FROM errands WHERE subject IN (SELECT roll FROM roll_marks WHERE visit = new.id);
    DELETE FROM roll_marks WHERE visit = new.id;
END;
CREATE TRIGGER erased_invitations AFTER UPDATE OF visitor ON invitations
WHEN new.visitor = '已删除 Erased' AND old.visitor <> new.visitor
BEGIN
    UPDATE invitations SET email = NULL WHERE id = new.id;
    DELETE FROM errands WHERE subject = new.id;
    DELETE FROM journal_bodies WHERE seq IN (SELECT seq FROM journal WHERE subject = new.id);
END;

-- What is counted, without reading the visits: it stays when they are erased.
ALTER TABLE visits ADD COLUMN badged INTEGER;   -- when their badge was printed
ALTER TABLE visits ADD COLUMN answered INTEGER; -- when somebody who was asked said whether they may come in
UPDATE visits SET badged = (SELECT min(changed) FROM errands WHERE subject = visits.id AND state = 'done'
                            AND work ->> 'kind' = 'badge' AND changed > 0);
ALTER TABLE visits ADD COLUMN kind_id TEXT GENERATED ALWAYS AS (kind ->> 'id') VIRTUAL;
ALTER TABLE visits ADD COLUMN declined INTEGER GENERATED ALWAYS AS ((admission ->> 'declined') IS NOT NULL) VIRTUAL;
CREATE INDEX visits_counted ON visits (arrived, zone, host_id, kind_id, party, assumed, declined, badged, answered);
