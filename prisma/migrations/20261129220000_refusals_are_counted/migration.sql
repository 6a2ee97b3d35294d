-- How often somebody was refused lately is looked up at each refusal, and must not become slow with what they do otherwise.
CREATE INDEX "audit_entry_denied_idx" ON "audit_entry" ("actor", "at") WHERE "outcome" = 'denied';
