-- What an installation holds of a source beside its spec: a token, sealed with the installation's secret and bound to
-- the source and the one origin it may be sent to; and that somebody switched the source off.
CREATE TABLE "source_token" (
    "source_key" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "source_token_pkey" PRIMARY KEY ("source_key"),
    CONSTRAINT "source_token_source_key_fkey" FOREIGN KEY ("source_key") REFERENCES "source"("key")
        ON DELETE RESTRICT ON UPDATE CASCADE
);

ALTER TABLE "source" ADD COLUMN "disabled_at" TIMESTAMPTZ(3);

GRANT SELECT, INSERT, UPDATE, DELETE ON "source_token" TO "big_green_app";
