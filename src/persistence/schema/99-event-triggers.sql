-- Last, so that one entry stands for the baseline. Only a superuser may make an event trigger. Where the owner is none, an
-- administrator makes them by hand (docs/operations.md); until then `hotline trail verify` names what is missing.
DO $$ BEGIN
  IF current_setting('is_superuser') = 'on' THEN
    EXECUTE format('CREATE EVENT TRIGGER %1$I ON ddl_command_end EXECUTE FUNCTION record_schema_change();
                    ALTER EVENT TRIGGER %1$I ENABLE ALWAYS', current_schema() || '_schema_changed');
    EXECUTE format('CREATE EVENT TRIGGER %1$I ON sql_drop EXECUTE FUNCTION record_schema_change();
                    ALTER EVENT TRIGGER %1$I ENABLE ALWAYS', current_schema() || '_schema_dropped');
  END IF;
END $$;
