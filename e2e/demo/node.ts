import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { energyMarket, type NodeCondition, SimulatedNode } from './node-metrics.ts';

export interface RunningNode {
  readonly url: string;
  readonly address: string;
  set(condition: NodeCondition): void;
  stop(): Promise<void>;
}

/** Serves a simulated node on loopback: `/metrics` and `/energy/market`. */
export async function startNode(condition: NodeCondition): Promise<RunningNode> {
  const node = new SimulatedNode(condition, Date.now());
  const server = createServer((request, response) => {
    if (request.url === '/metrics') {
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(node.expose(Date.now()));
    } else if (request.url === '/energy/market') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(energyMarket(node.condition)));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    url: `http://${address}`,
    set: (next) => {
      node.condition = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
