-- The country whose crisis lines somebody is shown: theirs by their own choice, and never guessed.
CREATE TABLE "country_choice" (
  "person_id" UUID NOT NULL,
  "country" TEXT NOT NULL,
  CONSTRAINT "country_choice_pkey" PRIMARY KEY ("person_id"),
  CONSTRAINT "country_choice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "country_choice_country_check" CHECK ("country" ~ '^[A-Z]{2}$')
);

-- What the admins of a server have put in the place of the crisis lines of a country, and when they verified it.
CREATE TABLE "crisis_line" (
  "server_id" TEXT NOT NULL,
  "country" TEXT NOT NULL,
  "emergency" TEXT NOT NULL,
  "lines" JSONB NOT NULL,
  "verified_on" TEXT NOT NULL,
  "set_by" TEXT NOT NULL,
  CONSTRAINT "crisis_line_pkey" PRIMARY KEY ("server_id", "country"),
  CONSTRAINT "crisis_line_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "server"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "crisis_line_country_check" CHECK ("country" ~ '^[A-Z]{2}$'),
  CONSTRAINT "crisis_line_verified_check" CHECK ("verified_on" ~ '^\d{4}-\d{2}-\d{2}$')
);

-- Who is on call for a group, and in which hours on the wall clock of its zone: without a row, nobody is.
CREATE TABLE "on_call" (
  "cohort_id" UUID NOT NULL,
  "first_id" UUID NOT NULL,
  "hours" JSONB NOT NULL,
  "second_minutes" INTEGER NOT NULL,
  "supervisor_minutes" INTEGER NOT NULL,
  "again_minutes" INTEGER NOT NULL,
  "set_by" TEXT NOT NULL,
  "set_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "on_call_pkey" PRIMARY KEY ("cohort_id"),
  CONSTRAINT "on_call_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "on_call_first_id_fkey" FOREIGN KEY ("first_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "on_call_hours_check" CHECK (jsonb_array_length("hours") > 0),
  CONSTRAINT "on_call_minutes_check" CHECK (
    "second_minutes" BETWEEN 1 AND 60 AND "supervisor_minutes" BETWEEN 1 AND 60 AND "again_minutes" BETWEEN 1 AND 60
  )
);

-- What staff must see: codes, moments, and, sealed, what somebody wrote in a report or as it was closed.
CREATE TABLE "alert" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "person_id" UUID NOT NULL,
  "readers" TEXT NOT NULL,
  "about_id" UUID,
  "sealed_words" TEXT,
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "is_outside" BOOLEAN NOT NULL,
  "times" INTEGER NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  "rung" INTEGER NOT NULL,
  "round" INTEGER NOT NULL,
  "acknowledged_by" TEXT,
  "acknowledged_at" TIMESTAMPTZ(3),
  "closed_by" TEXT,
  "closed_at" TIMESTAMPTZ(3),
  "disposition" TEXT,
  "sealed_note" TEXT,
  "version" INTEGER NOT NULL,
  CONSTRAINT "alert_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "alert_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "alert_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "alert_about_id_fkey" FOREIGN KEY ("about_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "alert_kind_check" CHECK ("kind" IN ('help', 'contact', 'report')),
  CONSTRAINT "alert_readers_check" CHECK ("readers" = 'staff' OR ("readers" = 'supervisor' AND "kind" = 'report')),
  CONSTRAINT "alert_report_check" CHECK (
    CASE WHEN "kind" = 'report' THEN num_nulls("about_id", "sealed_words") = 0
         ELSE num_nonnulls("about_id", "sealed_words") = 0 END
  ),
  CONSTRAINT "alert_times_check" CHECK ("times" >= 1 AND "rung" >= 0 AND "round" >= 1 AND "last_at" >= "opened_at"),
  CONSTRAINT "alert_acknowledged_check" CHECK (num_nulls("acknowledged_by", "acknowledged_at") IN (0, 2)),
  CONSTRAINT "alert_disposition_check" CHECK (
    "disposition" IN ('spoken-with', 'other-help', 'emergency-services', 'not-reached', 'not-needed')
  ),
  -- Nothing is closed without what came of it.
  CONSTRAINT "alert_closed_check" CHECK (
    num_nulls("closed_by", "closed_at", "disposition") IN (0, 3) AND ("sealed_note" IS NULL OR "closed_at" IS NOT NULL)
  )
);
-- Who asks for help or contact again adds to the one that is not closed.
CREATE UNIQUE INDEX "alert_unclosed_key" ON "alert"("cohort_id", "person_id", "kind")
  WHERE "closed_at" IS NULL AND "kind" <> 'report';
CREATE INDEX "alert_cohort_id_opened_at_idx" ON "alert"("cohort_id", "opened_at");

-- What came to pass with each alert: append-only.
CREATE TABLE "alert_event" (
  "id" BIGSERIAL NOT NULL,
  "alert_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "by" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "alert_event_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "alert_event_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alert"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "alert_event_kind_check" CHECK (
    "kind" IN ('raised', 'repeated', 'climbed', 'unanswered', 'acknowledged', 'viewed', 'closed')
  )
);
CREATE INDEX "alert_event_alert_id_idx" ON "alert_event"("alert_id");
CREATE TRIGGER "alert_event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "alert_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Each request counts once, however often it is tried to keep it.
CREATE TABLE "alert_request" (
  "request_id" TEXT NOT NULL,
  "alert_id" UUID NOT NULL,
  CONSTRAINT "alert_request_pkey" PRIMARY KEY ("request_id"),
  CONSTRAINT "alert_request_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alert"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "alert_request_alert_id_idx" ON "alert_request"("alert_id");
