import { Worker } from '@strake/components';
import { Application, defineConfig, defineOperations, Platform } from '@strake/core';
import { flux } from '@strake/gitops/flux';
import { health, mesh, namespace, network, ownership, quota, sealedSecrets, security } from '@strake/scopes';
import { resources } from '@strake/traits';
import cart from '../../examples/cart/strake.config.ts';

/** An application beside the cart, to take things away from. */
class Tools extends Application {
  readonly mover = new Worker(this, 'mover', { image: 'mover:1' });
  readonly sweeper = new Worker(this, 'sweeper', { image: 'sweeper:1' });
}

class FewerTools extends Application {
  readonly mover = new Worker(this, 'mover', { image: 'mover:1' });
}

const little = () => resources({ requests: { cpu: '10m', memory: '16Mi' } });
const operations = {
  all: [defineOperations(Tools, ({ mover, sweeper }) => (mover.attach(little()), sweeper.attach(little())))],
  fewer: [defineOperations(FewerTools, ({ mover }) => void mover.attach(little()))],
  none: [],
} as const;

/** The platform of the example, for the tools as well. */
const platform = new Platform('acme', { environments: { staging: { tier: 'staging', kubernetes: '1.34' } } })
  .supply(namespace())
  .supply(network({ defaultDeny: true }))
  .supply(mesh({ mode: 'sidecar', mtls: 'strict', cni: true }))
  .supply(security({ enforce: 'restricted' }))
  .supply(quota({ hard: { 'requests.cpu': '2', 'requests.memory': '2Gi', pods: 20 } }))
  .supply(health({ progressDeadlineSeconds: 300 }))
  .supply(ownership({ owners: { cart: { team: 'shop' }, tools: { team: 'tools' } } }))
  .supply(sealedSecrets());

const TOOLS = { all: { tools: Tools }, fewer: { tools: FewerTools }, none: {} } as const;

/** The example of the cart with a repository that Flux finds, and soon looks at again. */
export function syncedCart(
  repository: { readonly path: string; readonly url: string },
  tools: keyof typeof TOOLS,
) {
  return defineConfig({
    ...cart,
    applications: { ...cart.applications, ...TOOLS[tools] },
    operations: [...(cart.operations ?? []), ...operations[tools]],
    platform,
    repository,
    agent: flux({
      url: repository.url,
      sourceInterval: '2s',
      interval: '5s',
      retryInterval: '2s',
      // A sync that waits for the health of an object that somebody deletes meanwhile waits this long.
      timeout: '20s',
    }),
  });
}

/** What the cart expects of a cluster beyond kinds: nodes of its pools, and volumes for its claims. */
export const CLUSTER_OF_CART = `
apiVersion: v1
kind: Node
metadata: { name: node, labels: { node.kubernetes.io/pool: web } }
---
${['first', 'second']
  .map(
    (name) => `apiVersion: v1
kind: PersistentVolume
metadata: { name: ${name} }
spec:
  accessModes: [ReadWriteOnce]
  capacity: { storage: 2Gi }
  hostPath: { path: /tmp/${name} }
`,
  )
  .join('---\n')}`;
