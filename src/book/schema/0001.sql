-- Times are UTC milliseconds, ids are text, offsets from UTC are minutes east.

CREATE TABLE hosts (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL, -- this and the next three: JSON of words::Texts
    department TEXT NOT NULL,
    place      TEXT NOT NULL,
    way        TEXT NOT NULL,
    email      TEXT NOT NULL,
    phone      TEXT NOT NULL,
    lang       TEXT NOT NULL,
    deputy     TEXT
) STRICT;

CREATE TABLE invitations (
    id        TEXT PRIMARY KEY,
    token     TEXT NOT NULL UNIQUE,
    code      TEXT NOT NULL UNIQUE,
    visitor   TEXT NOT NULL,
    name_key  TEXT NOT NULL, -- visit::fold of the visitor's name
    last_four TEXT NOT NULL, -- of the telephone number; '' without one
    company   TEXT,
    phone     TEXT,
    host_id   TEXT NOT NULL REFERENCES hosts (id),
    good_from INTEGER NOT NULL,
    good_until INTEGER NOT NULL,
    party     INTEGER NOT NULL CHECK (party BETWEEN 0 AND 49),
    cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
    used_by   TEXT
) STRICT;
CREATE INDEX invitations_by_name ON invitations (name_key, last_four);

CREATE TABLE visits (
    id             TEXT PRIMARY KEY, -- UUIDv7
    invitation_id  TEXT REFERENCES invitations (id),
    badge          TEXT NOT NULL,
    badge_token    TEXT NOT NULL UNIQUE,
    name           TEXT NOT NULL,
    company        TEXT,
    phone          TEXT,
    party          INTEGER NOT NULL,
    host_id        TEXT NOT NULL REFERENCES hosts (id),
    lang           TEXT NOT NULL,
    notice_version TEXT NOT NULL,
    notice_lang    TEXT NOT NULL,
    notice_sha256  TEXT NOT NULL,
    agreed         INTEGER NOT NULL,
    arrived        INTEGER NOT NULL,
    good_until     INTEGER NOT NULL,
    "left"         INTEGER,
    zone           INTEGER NOT NULL -- the kiosk's offset from UTC when they arrived
) STRICT;
-- No badge number is open twice.
CREATE UNIQUE INDEX open_badges ON visits (badge) WHERE "left" IS NULL;
CREATE INDEX visits_by_arrival ON visits (arrived);

CREATE TABLE void_tokens (
    token    TEXT PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visits (id),
    voided   INTEGER NOT NULL
) STRICT;

CREATE TABLE errands (
    id         TEXT PRIMARY KEY, -- UUIDv7
    visit_id   TEXT NOT NULL REFERENCES visits (id),
    work       TEXT NOT NULL, -- JSON of errand::Work
    state      TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'done', 'failed', 'unknown')),
    why        TEXT, -- JSON of errand::Trouble, or of errand::Seen where it is done
    tries      INTEGER NOT NULL,
    next_try   INTEGER NOT NULL,
    good_until INTEGER NOT NULL,
    zone       INTEGER NOT NULL
) STRICT;
CREATE INDEX open_errands ON errands (next_try) WHERE state IN ('queued', 'sending');
CREATE INDEX errands_by_visit ON errands (visit_id);

-- The journal: the chain is never changed, the bodies can be erased.
CREATE TABLE journal (
    seq        INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL, -- a visit's id, or ''
    commitment TEXT NOT NULL, -- SHA-256 of salt and body, hex
    previous   TEXT NOT NULL,
    hash       TEXT NOT NULL -- SHA-256 of all before it in this line, hex
) STRICT;
CREATE TABLE journal_bodies (
    seq  INTEGER PRIMARY KEY REFERENCES journal (seq),
    salt BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_not_shortened BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
