import { z } from 'zod';
import { jsonSchema } from '#lib/domain/json.ts';

/*
 * What is used of Grafana's answers. API: https://grafana.com/docs/grafana/latest/developers/http_api/, the same from 9
 * to 13.
 */

const text = z.string().max(2000);

/** `GET /api/dashboards/uid/:uid` */
export const dashboardSchema = z.object({
  dashboard: jsonSchema,
  meta: z.object({
    url: text.default(''),
    folderTitle: text.default(''),
    updated: text.optional(),
    version: z.number().optional(),
    provisioned: z.boolean().default(false),
  }),
});

/** `GET /api/search` */
export const searchSchema = z.array(
  z.object({ uid: text, title: text, url: text.default(''), folderTitle: text.optional() }),
);

/** `GET /api/library-elements/:uid` */
export const libraryElementSchema = z.object({ result: z.object({ model: jsonSchema }) });

/** `GET /api/datasources` */
export const dataSourcesSchema = z.array(
  z.object({ uid: text, name: text, type: text, isDefault: z.boolean().default(false) }),
);

/** `GET /api/access-control/user/permissions`: actions, each with the scopes that it is allowed on. */
export const permissionsSchema = z.record(z.string(), z.array(z.string()).nullable());

const special = z.object({
  NaN: z.array(z.number()).optional(),
  Inf: z.array(z.number()).optional(),
  NegInf: z.array(z.number()).optional(),
});

/** `POST /api/ds/query`: frames by `refId`, columns beside each other. */
export const queryDataSchema = z.object({
  results: z.record(
    z.string(),
    z.object({
      status: z.number().optional(),
      error: z.string().optional(),
      frames: z
        .array(
          z.object({
            schema: z
              .object({
                fields: z.array(
                  z.object({
                    type: z.string().optional(),
                    labels: z.record(z.string(), z.string()).nullish(),
                  }),
                ),
              })
              .optional(),
            data: z
              .object({
                values: z.array(z.array(z.unknown())),
                entities: z.array(special.nullable()).nullish(),
              })
              .optional(),
          }),
        )
        .nullish(),
    }),
  ),
});
export type QueryData = z.infer<typeof queryDataSchema>;
export type Frame = NonNullable<QueryData['results'][string]['frames']>[number];
