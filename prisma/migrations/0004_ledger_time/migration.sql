-- An entry that is dated far ahead would be accepted once, and every later one refused as dated before it, for good.
-- The application's role alone could have done so. A minute is room for two clocks of one installation.
CREATE OR REPLACE FUNCTION "ledger_append"(
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
    IF at_ms > greatest(clock_timestamp(), head.last_at) + INTERVAL '1 minute' THEN
        RAISE EXCEPTION 'ledger entry % is dated %, which is still to come', p_seq, at_ms
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
