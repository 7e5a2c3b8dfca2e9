import { createServer } from 'node:http';
import { onLoopback } from '../loopback.ts';
import { energyMarket } from './energy-market.ts';
import { exposeHistory } from './history.ts';
import { advance, beginSimulation, expose } from './simulation.ts';
import { healthyNode, type NodeState } from './state.ts';

/** A simulated node of The Block on this machine. */
export interface RunningNode {
  /** Without a slash at the end; `/metrics` and `/energy/market` are below it. */
  readonly url: string;
  /** `host:port`, for a scrape job. */
  readonly address: string;
  /** What it does from now on. */
  readonly set: (state: NodeState) => void;
  /** What a scrape every 5 s would have seen before it began, as `prefill` takes it. */
  readonly history: (job: string) => string;
  readonly stop: () => Promise<void>;
}

/** Starts it on loopback. Time passes as its clock says, and only what was asked for is worked out. */
export async function startNode(
  options: {
    readonly state?: NodeState;
    readonly port?: number;
    readonly now?: () => number;
    /** For how long it is to have run already. Default: not at all. */
    readonly ranForMs?: number;
  } = {},
): Promise<RunningNode> {
  const now = options.now ?? Date.now;
  let state = options.state ?? healthyNode;
  const ranForMs = options.ranForMs ?? 0;
  const first = state;
  const beganMs = now();
  let simulation = advance(beginSimulation(), ranForMs / 1000, state);
  let atMs = beganMs;
  const catchUp = (): void => {
    const nextMs = now();
    simulation = advance(simulation, (nextMs - atMs) / 1000, state);
    atMs = nextMs;
  };

  const server = createServer((request, response) => {
    catchUp();
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/metrics')
      response
        .writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
        .end(expose(simulation, state));
    else if (path === '/energy/market')
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(energyMarket(simulation.seconds, state)));
    else
      response
        .writeHead(404, { 'content-type': 'text/plain' })
        .end('A simulated node: /metrics, /energy/market\n');
  });
  const { url, port, stop } = await onLoopback(server, options.port);
  const address = `127.0.0.1:${port}`;
  return {
    url,
    address,
    set: (next) => {
      catchUp();
      state = next;
    },
    history: (job) =>
      exposeHistory({ state: first, untilMs: beganMs, ranForMs, labels: { job, instance: address } }),
    stop,
  };
}
