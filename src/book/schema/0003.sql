-- Signatures, safety instructions, groups, invitations for a type of visit.

ALTER TABLE invitations ADD COLUMN visit_type TEXT; -- the key of a type in the configuration

ALTER TABLE visits ADD COLUMN signature TEXT;  -- the data of an SVG path
ALTER TABLE visits ADD COLUMN instructed TEXT; -- JSON of a list of visit::Instructed
ALTER TABLE visits ADD COLUMN leader TEXT REFERENCES visits (id); -- whose group they belong to
CREATE INDEX visits_by_leader ON visits (leader) WHERE leader IS NOT NULL;
CREATE INDEX visits_by_invitation ON visits (invitation_id) WHERE invitation_id IS NOT NULL;

ALTER TABLE visits ADD COLUMN photo BLOB; -- one grey byte a pixel, as visit::Photo

-- Who went through which safety instruction, without a name.
CREATE TABLE instructed (
    person     TEXT NOT NULL, -- SHA-256 of the book's pepper, name and telephone number, hex
    topic      TEXT NOT NULL, -- a type of visit or a place
    proof      TEXT NOT NULL, -- JSON of visit::Instructed
    at         INTEGER NOT NULL,
    PRIMARY KEY (person, topic)
) STRICT;

-- Whoever asked to be remembered.
CREATE TABLE remembered (
    person  TEXT PRIMARY KEY, -- as in instructed
    company TEXT,
    host_id TEXT NOT NULL, -- whom they saw last
    at      INTEGER NOT NULL
) STRICT;

ALTER TABLE visits ADD COLUMN signed INTEGER; -- when the signature was written, where it was on an earlier visit
CREATE INDEX visits_by_phone ON visits (phone) WHERE phone IS NOT NULL;

-- What there is one of in a house.
CREATE TABLE house (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Whoever has left the company: nobody is sent to them any more.
ALTER TABLE hosts ADD COLUMN gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1));

-- Everything about one visit is found, and erased, quickly.
CREATE INDEX journal_by_subject ON journal (subject);
CREATE INDEX visits_by_leaving ON visits ("left");
