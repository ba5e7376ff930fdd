-- What goes to the printer: sheets of numbers too.
DROP INDEX queued_errands;
DROP INDEX running_errands;
ALTER TABLE errands DROP COLUMN paper;
ALTER TABLE errands ADD COLUMN paper INTEGER
    GENERATED ALWAYS AS (work ->> 'kind' IN ('badge', 'roll', 'numbers')) VIRTUAL;
CREATE INDEX queued_errands ON errands (paper, next_try) WHERE state = 'queued';
CREATE INDEX running_errands ON errands (state, paper) WHERE state = 'sending';
-- Whoever wanted a file may have looked for a name.
CREATE INDEX exports ON errands (changed) WHERE work ->> 'kind' = 'export';
