/** A spec without a fault; each mistake of the tables is made in it. */
export const sound = `format: big-green/v1
launch:
  id: aurora
  title: Aurora mainnet
  target: { at: 2026-12-01T14:00:00Z, block: 1200000 }
candidate:
  source: repository
  ref: main
lengths: { epoch: 10m, block: 1s }
defaults:
  maxAge: 5m
  confirm: 2
networks:
  mainnet: Mainnet
  testnet: Testnet
phases:
  freeze: { title: Freeze, at: 2026-11-28T18:00:00Z }
  launch: { title: Launch, at: 2026-12-01T14:00:00Z }
roles:
  sre: { title: Site reliability, abbreviation: SRE }
  vault-lead: { title: Vault lead, abbreviation: VL }
owners:
  ada: Ada Byron
  max: Max Born
sources:
  prometheus:
    kind: prometheus
    network: mainnet
    address: http://127.0.0.1:9090
    every: 15s
    timeout: 10s
  repository:
    kind: repository
    address: ../aurora
  node:
    kind: endpoint
    network: mainnet
    address: http://127.0.0.1:8545
metrics:
  vault:
    vault_balance: { type: gauge }
    vault_errors_total:
      type: counter
      absentUntilFirst: true
      labels:
        reason: { allowed: [empty, locked] }
    vault_lag_seconds: { type: histogram }
thresholds:
  lag:
    title: Lag
    metric: vault_lag_seconds
    above: { warning: 300, critical: 600 }
alerts:
  LagHigh: { threshold: lag, severity: warning, for: 2 epochs }
tracks:
  vault:
    title: Vault
    lead: vault-lead
    items:
      balance:
        title: Balance emitted
        owner: ada
        level: blocker
        phase: freeze
        estimate: 45m
        signOff: { sre: 1 }
        checks:
          - kind: metric
            metric: vault_balance
            maxAge: 2m
          - kind: query
            expr: vault_lag_seconds
            is: { below: 300 }
            for: 10m
      runbook:
        title: Runbook written
        phase: launch
        checks:
          - kind: file
            path: docs/runbook.md
  final:
    title: Final
    lead: sre
    items:
      approval:
        title: Approved
        phase: launch
        checks:
          - { kind: items, track: vault }
          - { kind: attestation, role: sre, statement: All was looked at. }
          - kind: endpoint
            path: /health
            assert: [{ at: /ok, equals: "yes" }]
`;
