"""What is finished stays as it was finished: an assessment's words and scores cannot be changed or removed, by any path."""

from django.db import migrations

LOCK = """
CREATE FUNCTION casework_fixed_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- What still moves: the head's word, and whose record it is when two are brought together.
    moving text[] := ARRAY['status', 'decided_by_id', 'decided_at', 'return_reason', 'version', 'case_id', 'person_id'];
BEGIN
    IF OLD.status = 'draft' THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'fixed assessment: not deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
        RAISE EXCEPTION 'fixed assessment: words are locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status IS DISTINCT FROM OLD.status AND
            (OLD.status <> 'finished' OR NEW.status NOT IN ('returned', 'approved')) THEN
        RAISE EXCEPTION 'fixed assessment: state is final' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fixed_assessment_is_locked BEFORE UPDATE OR DELETE ON casework_assessment
    FOR EACH ROW EXECUTE FUNCTION casework_fixed_assessment();

CREATE FUNCTION casework_fixed_scores() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND EXISTS (SELECT FROM casework_assessment a WHERE a.id = OLD.assessment_id
                                      AND a.status <> 'draft'))
       OR (TG_OP <> 'DELETE' AND EXISTS (SELECT FROM casework_assessment a WHERE a.id = NEW.assessment_id
                                         AND a.status <> 'draft')) THEN
        RAISE EXCEPTION 'fixed assessment: scores are locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fixed_scores_are_locked BEFORE INSERT OR UPDATE OR DELETE ON casework_assessmentscore
    FOR EACH ROW EXECUTE FUNCTION casework_fixed_scores();
"""
UNLOCK = """
DROP TRIGGER fixed_scores_are_locked ON casework_assessmentscore;
DROP FUNCTION casework_fixed_scores();
DROP TRIGGER fixed_assessment_is_locked ON casework_assessment;
DROP FUNCTION casework_fixed_assessment();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_signed_conclusions")]

    operations = [migrations.RunSQL(LOCK, UNLOCK)]
