-- The first schema. Applied as the database's owner, in one transaction, by lib/server/migrations/apply.ts,
-- which makes the role big_green_app first: the application works as that role, and it owns nothing.

CREATE TABLE "launch" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "spec_digest" TEXT NOT NULL,
    "target_at" TIMESTAMPTZ(3),
    "board_version" BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT "launch_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "spec_version" (
    "digest" TEXT NOT NULL,
    "canonical" TEXT NOT NULL,
    "source_text" TEXT NOT NULL,
    "source_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "spec_version_pkey" PRIMARY KEY ("digest")
);

CREATE TABLE "spec_adoption" (
    "id" BIGSERIAL NOT NULL,
    "launch_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "adopted_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    CONSTRAINT "spec_adoption_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "candidate" (
    "id" BIGSERIAL NOT NULL,
    "launch_id" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "commit" TEXT NOT NULL,
    "digests" JSONB NOT NULL,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    CONSTRAINT "candidate_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "source" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "last_asked_at" TIMESTAMPTZ(3),
    "last_answered_at" TIMESTAMPTZ(3),
    "silent_since" TIMESTAMPTZ(3),
    "failure" JSONB,
    "next_try_at" TIMESTAMPTZ(3),
    "requests" BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT "source_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "launch_source" (
    "launch_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    CONSTRAINT "launch_source_pkey" PRIMARY KEY ("launch_id", "source_id")
);

CREATE TABLE "standing" (
    "launch_id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "check_id" TEXT NOT NULL,
    "standing" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "standing_pkey" PRIMARY KEY ("launch_id", "item_id", "check_id")
);

CREATE TABLE "evidence" (
    "id" BIGSERIAL NOT NULL,
    "launch_id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "check_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "rule_version" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "deciding" JSONB NOT NULL,
    "readings" JSONB NOT NULL,
    "observation" JSONB NOT NULL,
    "sentence" TEXT NOT NULL,
    "failure" JSONB,
    "answers" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "seen" INTEGER NOT NULL DEFAULT 1,
    "spec_digest" TEXT NOT NULL,
    "candidate_commit" TEXT,
    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "answer" (
    "digest" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "answer_pkey" PRIMARY KEY ("digest")
);

CREATE TABLE "board" (
    "launch_id" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "model" TEXT NOT NULL,
    "next_change_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "board_pkey" PRIMARY KEY ("launch_id")
);

CREATE TABLE "burnup" (
    "launch_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ready" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    CONSTRAINT "burnup_pkey" PRIMARY KEY ("launch_id", "at")
);

CREATE TABLE "ledger_head" (
    "one" BOOLEAN NOT NULL DEFAULT true,
    "size" BIGINT NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3),
    CONSTRAINT "ledger_head_pkey" PRIMARY KEY ("one"),
    CONSTRAINT "ledger_head_one_row" CHECK ("one"),
    CONSTRAINT "ledger_head_last_at" CHECK (("size" = 0) = ("last_at" IS NULL))
);

CREATE TABLE "ledger_entry" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "launch_id" TEXT,
    "actor" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "leaf_hash" BYTEA NOT NULL,
    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("seq"),
    CONSTRAINT "ledger_entry_seq" CHECK ("seq" >= 0),
    CONSTRAINT "ledger_entry_bytes" CHECK (octet_length("bytes") <= 65535)
);

CREATE TABLE "installation" (
    "one" BOOLEAN NOT NULL DEFAULT true,
    "id" TEXT NOT NULL,
    "secret_digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "installation_pkey" PRIMARY KEY ("one"),
    CONSTRAINT "installation_one_row" CHECK ("one")
);

CREATE INDEX "spec_adoption_launch_id_id_idx" ON "spec_adoption" ("launch_id", "id" DESC);
CREATE INDEX "candidate_launch_id_id_idx" ON "candidate" ("launch_id", "id" DESC);
CREATE INDEX "launch_source_source_key_idx" ON "launch_source" ("source_key");
CREATE INDEX "evidence_launch_id_item_id_check_id_id_idx" ON "evidence" ("launch_id", "item_id", "check_id", "id" DESC);
CREATE INDEX "answer_expires_at_idx" ON "answer" ("expires_at");
CREATE INDEX "board_next_change_at_idx" ON "board" ("next_change_at");
CREATE INDEX "ledger_entry_launch_id_seq_idx" ON "ledger_entry" ("launch_id", "seq");

ALTER TABLE "spec_adoption" ADD CONSTRAINT "spec_adoption_launch_id_fkey" FOREIGN KEY ("launch_id") REFERENCES "launch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "spec_adoption" ADD CONSTRAINT "spec_adoption_digest_fkey" FOREIGN KEY ("digest") REFERENCES "spec_version" ("digest") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "candidate" ADD CONSTRAINT "candidate_launch_id_fkey" FOREIGN KEY ("launch_id") REFERENCES "launch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "launch_source" ADD CONSTRAINT "launch_source_launch_id_fkey" FOREIGN KEY ("launch_id") REFERENCES "launch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "launch_source" ADD CONSTRAINT "launch_source_source_key_fkey" FOREIGN KEY ("source_key") REFERENCES "source" ("key") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "standing" ADD CONSTRAINT "standing_launch_id_fkey" FOREIGN KEY ("launch_id") REFERENCES "launch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_launch_id_fkey" FOREIGN KEY ("launch_id") REFERENCES "launch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "board" ADD CONSTRAINT "board_launch_id_fkey" FOREIGN KEY ("launch_id") REFERENCES "launch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "burnup" ADD CONSTRAINT "burnup_launch_id_fkey" FOREIGN KEY ("launch_id") REFERENCES "launch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "ledger_head" ("one", "size", "last_at") VALUES (true, 0, NULL);

-- The ledger. Nothing in it changes or goes, whoever asks. ENABLE ALWAYS: session_replication_role does not skip them.

CREATE FUNCTION "ledger_refuse"() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'A correction is a new entry, never a change of an old one.';
END
$$;

CREATE TRIGGER "ledger_entry_unchanged" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse"();
ALTER TABLE "ledger_entry" ENABLE ALWAYS TRIGGER "ledger_entry_unchanged";

CREATE TRIGGER "ledger_head_stays" BEFORE INSERT OR DELETE OR TRUNCATE ON "ledger_head"
    FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse"();
ALTER TABLE "ledger_head" ENABLE ALWAYS TRIGGER "ledger_head_stays";

-- The head moves by one, and only over the entry it counts.
CREATE FUNCTION "ledger_head_moves"() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.size <> OLD.size + 1 OR NOT EXISTS (
        SELECT 1 FROM public.ledger_entry e WHERE e.seq = OLD.size AND e.at = NEW.last_at
    ) THEN
        RAISE EXCEPTION 'the ledger''s head moves with an entry, by ledger_append: UPDATE of % to size % is refused', TG_TABLE_NAME, NEW.size
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER "ledger_head_moves" BEFORE UPDATE ON "ledger_head"
    FOR EACH ROW EXECUTE FUNCTION "ledger_head_moves"();
ALTER TABLE "ledger_head" ENABLE ALWAYS TRIGGER "ledger_head_moves";

-- The one writer. Every statement inside sees what was committed before it, so the order of the checks is
-- the order of the facts: the lock first, then the head, then the entry.
CREATE FUNCTION "ledger_append"(
    "p_seq" BIGINT, "p_at" TIMESTAMPTZ, "p_type" TEXT, "p_version" INTEGER,
    "p_launch_id" TEXT, "p_actor" TEXT, "p_bytes" BYTEA, "p_leaf_hash" BYTEA
) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head public.ledger_head%ROWTYPE;
    at_ms TIMESTAMPTZ(3) := p_at;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'ledger_append wants a READ COMMITTED transaction, not %', current_setting('transaction_isolation')
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    LOCK TABLE public.ledger_head IN EXCLUSIVE MODE;
    SELECT * INTO STRICT head FROM public.ledger_head;

    IF p_seq IS DISTINCT FROM head.size THEN
        RAISE EXCEPTION 'ledger entry % is out of order: the next entry is %', p_seq, head.size
            USING ERRCODE = 'check_violation';
    END IF;
    IF at_ms IS NULL OR at_ms < head.last_at THEN
        RAISE EXCEPTION 'ledger entry % is dated %, before the entry it follows (%)', p_seq, at_ms, head.last_at
            USING ERRCODE = 'check_violation';
    END IF;
    IF p_bytes IS NULL OR octet_length(p_bytes) > 65535 THEN
        RAISE EXCEPTION 'ledger entry % has % bytes: an entry has at most 65535', p_seq, octet_length(p_bytes)
            USING ERRCODE = 'check_violation';
    END IF;
    IF p_leaf_hash IS DISTINCT FROM sha256('\x00'::BYTEA || p_bytes) THEN
        RAISE EXCEPTION 'ledger entry % has a leaf hash that is not SHA-256 of 0x00 and its bytes', p_seq
            USING ERRCODE = 'check_violation';
    END IF;

    INSERT INTO public.ledger_entry (seq, at, type, version, launch_id, actor, bytes, leaf_hash)
    VALUES (p_seq, at_ms, p_type, p_version, p_launch_id, p_actor, p_bytes, p_leaf_hash);
    UPDATE public.ledger_head SET size = p_seq + 1, last_at = at_ms;
    RETURN p_seq + 1;
END
$$;

-- What the application's role may do: read and write the tables it works on; of the ledger, read and append.

REVOKE CREATE ON SCHEMA "public" FROM PUBLIC;
GRANT USAGE ON SCHEMA "public" TO "big_green_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON
    "launch", "spec_version", "spec_adoption", "candidate", "source", "launch_source", "standing",
    "evidence", "answer", "board", "burnup", "installation"
    TO "big_green_app";
GRANT USAGE, SELECT ON SEQUENCE "spec_adoption_id_seq", "candidate_id_seq", "evidence_id_seq" TO "big_green_app";

GRANT SELECT ON "ledger_entry", "ledger_head" TO "big_green_app";
REVOKE ALL ON FUNCTION "ledger_append"(BIGINT, TIMESTAMPTZ, TEXT, INTEGER, TEXT, TEXT, BYTEA, BYTEA) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "ledger_append"(BIGINT, TIMESTAMPTZ, TEXT, INTEGER, TEXT, TEXT, BYTEA, BYTEA) TO "big_green_app";

-- LOCK TABLE … IN EXCLUSIVE MODE wants UPDATE, DELETE, TRUNCATE or, from PostgreSQL 17, MAINTAIN on the table.
-- MAINTAIN changes no row. Before 17 the least is DELETE, which the trigger above refuses whoever asks.
DO $$
BEGIN
    IF current_setting('server_version_num')::INTEGER >= 170000 THEN
        EXECUTE 'GRANT MAINTAIN ON public.ledger_head TO big_green_app';
    ELSE
        EXECUTE 'GRANT DELETE ON public.ledger_head TO big_green_app';
    END IF;
END
$$;
