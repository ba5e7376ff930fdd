-- The journal says of which of its lines the bodies were erased: nothing erases one behind its back.
DROP TRIGGER erased_invitations;
CREATE TRIGGER erased_invitations AFTER UPDATE OF visitor ON invitations
WHEN new.visitor = '已删除 Erased' AND old.visitor <> new.visitor
BEGIN
    UPDATE invitations SET email = NULL WHERE id = new.id;
    DELETE FROM errands WHERE subject = new.id;
END;

-- How many were on site when a roll was called, and how many of them were said to be safe: it stays when they are erased.
ALTER TABLE rolls ADD COLUMN people INTEGER; -- these two: NULL until it is over
ALTER TABLE rolls ADD COLUMN safe INTEGER;
UPDATE rolls SET (people, safe) =
    (SELECT count(*), count(CASE mark WHEN 'safe' THEN 1 END) FROM roll_marks WHERE roll = rolls.id AND place > 0)
WHERE ended IS NOT NULL;
