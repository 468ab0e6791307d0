"""The database itself refuses to change or to remove an event; and it numbers the cases."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

REFUSE = """
CREATE FUNCTION desk_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log of a case is never changed: % of an event was refused.', lower(TG_OP);
END
$$;
CREATE TRIGGER desk_log_is_append_only BEFORE UPDATE OR DELETE ON desk_caseevent
    FOR EACH ROW EXECUTE FUNCTION desk_refuse_change();
CREATE TRIGGER desk_log_is_never_emptied BEFORE TRUNCATE ON desk_caseevent
    FOR EACH STATEMENT EXECUTE FUNCTION desk_refuse_change();
"""
ALLOW = """
DROP TRIGGER desk_log_is_append_only ON desk_caseevent;
DROP TRIGGER desk_log_is_never_emptied ON desk_caseevent;
DROP FUNCTION desk_refuse_change();
"""


class Migration(migrations.Migration):
    """Triggers over the table of events, and the sequence of case numbers."""

    dependencies: ClassVar = [("desk", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL("CREATE SEQUENCE desk_case_number;", "DROP SEQUENCE desk_case_number;"),
    ]
