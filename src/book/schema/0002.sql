-- Visitors without an invitation: what they come for, and whether they may come in. Parcels.
-- Forgotten sign-outs. Feedback and complaints.

ALTER TABLE hosts ADD COLUMN contact INTEGER NOT NULL DEFAULT 0 CHECK (contact IN (0, 1));

ALTER TABLE visits ADD COLUMN kind TEXT;      -- JSON of visit::Kind
ALTER TABLE visits ADD COLUMN purpose TEXT;
ALTER TABLE visits ADD COLUMN admission TEXT NOT NULL DEFAULT '"admitted"'; -- JSON of visit::Admission
ALTER TABLE visits ADD COLUMN next_asked INTEGER; -- while they wait: when the next one is asked; else NULL
CREATE INDEX waiting_visits ON visits (next_asked) WHERE next_asked IS NOT NULL AND "left" IS NULL;

ALTER TABLE visits ADD COLUMN closes INTEGER; -- when the house closes on the day they came
ALTER TABLE visits ADD COLUMN assumed INTEGER NOT NULL DEFAULT 0 CHECK (assumed IN (0, 1));
UPDATE visits SET closes = good_until;
CREATE INDEX open_visits ON visits (closes) WHERE "left" IS NULL;

-- A word on how it was; without a visit where it is to be without a name.
CREATE TABLE feedback (
    id         TEXT PRIMARY KEY, -- UUIDv7
    at         INTEGER NOT NULL,
    rating     INTEGER CHECK (rating BETWEEN 1 AND 5),
    words      TEXT,
    complaint  INTEGER NOT NULL CHECK (complaint IN (0, 1)),
    visit_id   TEXT REFERENCES visits (id),
    department TEXT NOT NULL
) STRICT;
CREATE TABLE cases (
    number      INTEGER PRIMARY KEY,
    feedback_id TEXT NOT NULL UNIQUE REFERENCES feedback (id),
    responsible TEXT NOT NULL, -- a name, or '' for reception
    due         INTEGER NOT NULL,
    closed      INTEGER,
    done        TEXT, -- what was done about it
    zone        INTEGER NOT NULL
) STRICT;

CREATE TABLE deliveries (
    id        TEXT PRIMARY KEY, -- UUIDv7
    number    INTEGER NOT NULL UNIQUE,
    host_id   TEXT NOT NULL REFERENCES hosts (id),
    carrier   TEXT,
    parcels   INTEGER NOT NULL CHECK (parcels BETWEEN 1 AND 99),
    to_sign   INTEGER NOT NULL CHECK (to_sign IN (0, 1)),
    arrived   INTEGER NOT NULL,
    remind    INTEGER, -- when they are written to again; NULL afterwards
    collected INTEGER,
    zone      INTEGER NOT NULL
) STRICT;
CREATE INDEX uncollected ON deliveries (remind) WHERE collected IS NULL;

-- Errands belong to visits or to deliveries, and tell when their state was written.
CREATE TABLE errands_2 (
    id         TEXT PRIMARY KEY, -- UUIDv7
    subject    TEXT NOT NULL, -- the id of a visit or of a delivery
    work       TEXT NOT NULL, -- JSON of errand::Work
    state      TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'done', 'failed', 'unknown')),
    why        TEXT, -- JSON of errand::Trouble, or of errand::Seen where it is done
    tries      INTEGER NOT NULL,
    next_try   INTEGER NOT NULL,
    good_until INTEGER NOT NULL,
    zone       INTEGER NOT NULL,
    changed    INTEGER NOT NULL
) STRICT;
INSERT INTO errands_2 SELECT id, visit_id, work, state, why, tries, next_try, good_until, zone, 0 FROM errands;
DROP TABLE errands;
ALTER TABLE errands_2 RENAME TO errands;
CREATE INDEX open_errands ON errands (next_try) WHERE state IN ('queued', 'sending');
CREATE INDEX errands_by_subject ON errands (subject);
