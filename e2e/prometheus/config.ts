/** One job of the configuration: where its targets are and how their samples are taken. */
export interface ScrapeJob {
  readonly job: string;
  /** `host:port`, or a URL of which host and port are taken. */
  readonly addresses: readonly string[];
  readonly path?: string;
  /** Labels that every series of the job gets. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Keep `job` and `instance` as the target exposes them. */
  readonly honorLabels?: boolean;
  readonly scrapeIntervalMs?: number;
}

export interface PrometheusConfig {
  readonly jobs: readonly ScrapeJob[];
  readonly scrapeIntervalMs: number;
  readonly evaluationIntervalMs: number;
  /** Names of rule files beside the configuration. */
  readonly ruleFiles: readonly string[];
}

/**
 * The configuration file, written as JSON, which is YAML too: nothing to quote wrongly.
 * Format: https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function prometheusConfig(config: PrometheusConfig): string {
  const interval = `${config.scrapeIntervalMs}ms`;
  return JSON.stringify(
    {
      global: {
        scrape_interval: interval,
        scrape_timeout: interval,
        evaluation_interval: `${config.evaluationIntervalMs}ms`,
      },
      rule_files: config.ruleFiles,
      scrape_configs: config.jobs.map((job) => ({
        job_name: job.job,
        metrics_path: job.path ?? '/metrics',
        honor_labels: job.honorLabels ?? false,
        ...(job.scrapeIntervalMs === undefined
          ? {}
          : { scrape_interval: `${job.scrapeIntervalMs}ms`, scrape_timeout: `${job.scrapeIntervalMs}ms` }),
        static_configs: [{ targets: job.addresses.map(hostAndPort), labels: job.labels ?? {} }],
      })),
    },
    null,
    2,
  );
}

function hostAndPort(address: string): string {
  return URL.canParse(address) && address.includes('://') ? new URL(address).host : address;
}
