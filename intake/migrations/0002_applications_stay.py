"""No application, person of one or decision is ever deleted, and none is refused without a proposer and another who confirmed."""

from django.db import migrations

KEEP = """
CREATE FUNCTION intake_nothing_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: not deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER application_is_kept BEFORE DELETE ON intake_application
    FOR EACH ROW EXECUTE FUNCTION intake_nothing_deleted();
CREATE TRIGGER application_person_is_kept BEFORE DELETE ON intake_applicationperson
    FOR EACH ROW EXECUTE FUNCTION intake_nothing_deleted();
CREATE TRIGGER eligibility_decision_is_kept BEFORE DELETE ON intake_eligibilitydecision
    FOR EACH ROW EXECUTE FUNCTION intake_nothing_deleted();

CREATE FUNCTION intake_application_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'registered' THEN
            RAISE EXCEPTION 'application: registered first' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.number <> OLD.number OR NEW.office_id <> OLD.office_id THEN
        RAISE EXCEPTION 'application: number stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status IN ('opened', 'refused', 'withdrawn') AND (NEW.status <> OLD.status
            OR NEW.case_id IS DISTINCT FROM OLD.case_id OR NEW.notice_id IS DISTINCT FROM OLD.notice_id) THEN
        RAISE EXCEPTION 'application: state is final' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status = 'refused' AND OLD.status <> 'refused' AND (OLD.status <> 'proposed' OR NOT EXISTS (
            SELECT FROM intake_eligibilitydecision d WHERE d.application_id = NEW.id AND NOT d.is_eligible
            AND d.confirmed_by_id IS NOT NULL AND d.confirmed_by_id <> d.decided_by_id)) THEN
        RAISE EXCEPTION 'application: refused by two' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER application_moves_by_its_steps BEFORE INSERT OR UPDATE ON intake_application
    FOR EACH ROW EXECUTE FUNCTION intake_application_moves();
"""
LET_GO = """
DROP TRIGGER application_moves_by_its_steps ON intake_application;
DROP FUNCTION intake_application_moves();
DROP TRIGGER eligibility_decision_is_kept ON intake_eligibilitydecision;
DROP TRIGGER application_person_is_kept ON intake_applicationperson;
DROP TRIGGER application_is_kept ON intake_application;
DROP FUNCTION intake_nothing_deleted();
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, LET_GO)]
