-- Every change of what a check comes to, stale gaps included: an item's history is read from here, since identical
-- evidence in a row is one row and says nothing of when a verdict was confirmed or went dark.
CREATE TABLE "standing_change" (
    "id" BIGSERIAL NOT NULL,
    "launch_id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "check_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    "evidence_digest" TEXT,

    CONSTRAINT "standing_change_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "standing_change_launch_id_fkey" FOREIGN KEY ("launch_id") REFERENCES "launch"("id")
        ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE INDEX "standing_change_launch_id_item_id_id_idx" ON "standing_change"("launch_id", "item_id", "id" DESC);

GRANT SELECT, INSERT, DELETE ON "standing_change" TO "big_green_app";
GRANT USAGE, SELECT ON SEQUENCE "standing_change_id_seq" TO "big_green_app";
