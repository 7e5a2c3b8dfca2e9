import type {
  BranchSchema,
  BridgeSchema,
  CommitSchema,
  CommitStatusSchema,
  ExpandedPipelineSchema,
  JobSchema,
  MergeRequestSchemaWithBasicLabels,
  PipelineSchema,
  ProjectExternalStatusCheckSchema,
  ProjectSchema,
  RepositoryBlobSchema,
  RepositoryTreeSchema,
  TagSchema,
  UserSchema,
} from '@gitbeaker/core';

/**
 * An answer as the types of GitLab's clients' own library have it, its open ends closed: every field that is named must
 * be there, of its type. GitLab writes null where there is nothing yet, which those types leave out.
 */
type Told<T> = T extends readonly (infer U)[]
  ? readonly Told<U>[]
  : T extends object
    ? { readonly [K in keyof T as string extends K ? never : K]: Told<T[K]> | null }
    : T;

/** GitLab tells an administrator more of a person than anybody else. */
type ByPerson<T> = Omit<T, 'user'> & { readonly user: UserTold };

export type UserTold = Told<UserSchema>;
export type BlobTold = Told<RepositoryBlobSchema>;
export type TreeTold = Told<RepositoryTreeSchema>;
export type CommitTold = Told<CommitSchema>;
export type BranchTold = Omit<Told<BranchSchema>, 'commit'> & { readonly commit: CommitTold };
export type TagTold = Omit<Told<TagSchema>, 'commit'> & { readonly commit: CommitTold };
export type MergeRequestTold = Told<MergeRequestSchemaWithBasicLabels>;
export type PersonTold = NonNullable<MergeRequestTold['author']>;
export type PipelineTold = Told<PipelineSchema> & { readonly name: string | null };
export type WholePipelineTold = Told<ExpandedPipelineSchema> & { readonly name: string | null };
export type JobTold = ByPerson<Told<JobSchema>> & { readonly archived: boolean };
export type BridgeTold = ByPerson<Told<BridgeSchema>>;
export type StatusTold = Told<CommitStatusSchema> & { readonly pipeline_id: number };
export type ExternalCheckTold = Omit<Told<ProjectExternalStatusCheckSchema>, 'status'> & {
  readonly hmac: boolean;
};
/** The fields of the settings that the stand-in has; `ci_config_path` and the rest are not in those types yet. */
export type ProjectTold = Partial<Told<ProjectSchema>> & {
  readonly ci_config_path?: string | null;
  readonly builds_access_level?: string;
  readonly only_allow_merge_if_all_status_checks_passed?: boolean | null;
};

/** Where the stand-in is, for the addresses in its answers. */
export interface Places {
  readonly origin: string;
  /** `http://127.0.0.1:1234/the-block/core/node`. */
  readonly page: string;
}
