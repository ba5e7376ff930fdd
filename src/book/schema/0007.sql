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
