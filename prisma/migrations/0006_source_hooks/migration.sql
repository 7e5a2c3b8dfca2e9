-- What a vendor proves by that a webhook is its own, sealed as tokens are; and what came by one, so that it is taken
-- once, also after a restart. And until when a source asked not to be asked: a restart must not forget that either.
CREATE TABLE "source_hook" (
    "source_key" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(3),

    CONSTRAINT "source_hook_pkey" PRIMARY KEY ("source_key"),
    CONSTRAINT "source_hook_source_key_fkey" FOREIGN KEY ("source_key") REFERENCES "source"("key")
        ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "hook_delivery" (
    "source_key" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hook_delivery_pkey" PRIMARY KEY ("source_key", "mark"),
    CONSTRAINT "hook_delivery_source_key_fkey" FOREIGN KEY ("source_key") REFERENCES "source"("key")
        ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE INDEX "hook_delivery_received_at_idx" ON "hook_delivery"("received_at");

ALTER TABLE "source" ADD COLUMN "quiet_until" TIMESTAMPTZ(3);

GRANT SELECT, INSERT, UPDATE, DELETE ON "source_hook" TO "big_green_app";
GRANT SELECT, INSERT, DELETE ON "hook_delivery" TO "big_green_app";
