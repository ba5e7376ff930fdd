-- Version 7. What needs more than SQL is done after it, in `open.rs`.

-- Which list of a roll is the newest, from 0, and when it was made; NULL: when the roll was called.
ALTER TABLE rolls ADD COLUMN issue INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rolls ADD COLUMN issued INTEGER;
