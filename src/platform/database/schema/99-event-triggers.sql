-- Last, so that the baseline is one entry. Only a superuser may create event triggers; for another owner an
-- administrator creates them by hand (docs/operations.md), and until then `hotline trail verify` reports that they are
-- missing.
DO $$ BEGIN
  IF current_setting('is_superuser') = 'on' THEN
    EXECUTE format('CREATE EVENT TRIGGER %1$I ON ddl_command_end EXECUTE FUNCTION record_schema_change();
                    ALTER EVENT TRIGGER %1$I ENABLE ALWAYS', current_schema() || '_schema_changed');
    EXECUTE format('CREATE EVENT TRIGGER %1$I ON sql_drop EXECUTE FUNCTION record_schema_change();
                    ALTER EVENT TRIGGER %1$I ENABLE ALWAYS', current_schema() || '_schema_dropped');
  END IF;
END $$;
