-- Visitors without an invitation: what they come for, and whether they may come in.

ALTER TABLE hosts ADD COLUMN contact INTEGER NOT NULL DEFAULT 0 CHECK (contact IN (0, 1));

ALTER TABLE visits ADD COLUMN kind TEXT;      -- JSON of visit::Kind
ALTER TABLE visits ADD COLUMN purpose TEXT;
ALTER TABLE visits ADD COLUMN admission TEXT NOT NULL DEFAULT '"admitted"'; -- JSON of visit::Admission
ALTER TABLE visits ADD COLUMN next_asked INTEGER; -- while they wait: when the next one is asked; else NULL
CREATE INDEX waiting_visits ON visits (next_asked) WHERE next_asked IS NOT NULL AND "left" IS NULL;

ALTER TABLE errands ADD COLUMN changed INTEGER NOT NULL DEFAULT 0; -- when its state was written
