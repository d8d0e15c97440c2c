"""What is signed stays as it was signed: its text, methods, number and snapshot cannot be changed or removed, by any path."""

from django.db import migrations

LOCK = """
CREATE FUNCTION casework_signed_conclusion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- What still moves after signing. Everything else, also columns that come later, is locked.
    moving text[] := ARRAY['status', 'countersigned_by_id', 'countersigned_at', 'paper_id', 'signed_scan_id',
                           'returned_by_id', 'returned_at', 'return_reason', 'version'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status <> 'draft' THEN
            RAISE EXCEPTION 'signed conclusion: not deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.status = 'draft' THEN
        IF NEW.status NOT IN ('draft', 'signed') OR (NEW.status = 'signed' AND
                (NEW.snapshot IS NULL OR NEW.text_sha256 = '')) THEN
            RAISE EXCEPTION 'a draft is signed first' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
        RAISE EXCEPTION 'signed conclusion: text is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status IS DISTINCT FROM OLD.status AND OLD.status <> 'signed' THEN
        RAISE EXCEPTION 'signed conclusion: state is final' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status = 'countersigned' AND (NEW.paper_id, NEW.countersigned_by_id, NEW.countersigned_at)
            IS DISTINCT FROM (OLD.paper_id, OLD.countersigned_by_id, OLD.countersigned_at) THEN
        RAISE EXCEPTION 'countersigned conclusion: paper is fixed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status NOT IN ('signed', 'returned', 'countersigned') THEN
        RAISE EXCEPTION 'signed conclusion: not a draft again' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed_conclusion_is_locked BEFORE UPDATE OR DELETE ON casework_conclusion
    FOR EACH ROW EXECUTE FUNCTION casework_signed_conclusion();

CREATE FUNCTION casework_signed_methods() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND EXISTS (SELECT FROM casework_conclusion c WHERE c.id = OLD.conclusion_id
                                      AND c.status <> 'draft'))
       OR (TG_OP <> 'DELETE' AND EXISTS (SELECT FROM casework_conclusion c WHERE c.id = NEW.conclusion_id
                                         AND c.status <> 'draft')) THEN
        RAISE EXCEPTION 'signed conclusion: methods are locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed_methods_are_locked BEFORE INSERT OR UPDATE OR DELETE ON casework_conclusionmethod
    FOR EACH ROW EXECUTE FUNCTION casework_signed_methods();
"""
UNLOCK = """
DROP TRIGGER signed_methods_are_locked ON casework_conclusionmethod;
DROP FUNCTION casework_signed_methods();
DROP TRIGGER signed_conclusion_is_locked ON casework_conclusion;
DROP FUNCTION casework_signed_conclusion();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]
    operations = [migrations.RunSQL(LOCK, UNLOCK)]
