// The same team: where customers are made up, and how many.
import { defineOperations } from '@strake/core';
import { annotations, initContainer, lifecycle, replicas, resources, serviceAccount } from '@strake/traits';
import { hardening, LEAST_RIGHTS } from '../boutique/hardening.ts';
import { Load } from './app.ts';

const WAIT = 'until wget -q -O /dev/null "http://$FRONTEND_ADDR"; do sleep 5; done';

export const loadOperations = defineOperations(Load, ({ generator }) => {
  generator.attach(
    replicas({ count: 1 }),
    serviceAccount(),
    ...hardening,
    lifecycle({ terminationGracePeriodSeconds: 5 }),
    resources({ requests: { cpu: '300m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } }),
    annotations({ annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' }, on: 'pods' }),
    initContainer({
      containers: {
        'frontend-check': {
          image: 'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
          command: ['/bin/sh', '-c', WAIT],
          env: { FRONTEND_ADDR: 'frontend:80' },
          securityContext: LEAST_RIGHTS,
        },
      },
    }),
  );
});
