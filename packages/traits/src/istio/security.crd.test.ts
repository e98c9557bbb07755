import { expect, test } from 'vitest';
import { SCHEMAS_MISSING, violations } from '../../../../test/custom-resource.ts';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { authorization } from './authorization.ts';
import { egress } from './egress.ts';
import { mtlsException } from './mtls-exception.ts';

const RULE = {
  from: [
    {
      namespaces: ['monitoring'],
      principals: ['cluster.local/ns/istio-ingress/sa/gateway'],
      ipBlocks: ['10.0.0.0/8'],
      requestPrincipals: ['*'],
    },
    { serviceAccounts: ['jobs', 'billing/invoices'] },
  ],
  ports: ['http'],
  methods: ['GET'],
  paths: ['/api/*'],
  hosts: ['shop.example.com'],
};

const ALL = {
  allow: [RULE],
  deny: [RULE],
  jwt: [
    {
      issuer: 'https://accounts.example.com',
      jwksUri: 'https://accounts.example.com/keys',
      audiences: ['shop'],
      forwardOriginalToken: true,
    },
  ],
};

test.for(['pods', 'waypoint'] as const)(
  'writes what the schemas of Istio have, with every property that there is, enforced at %s',
  (enforcedAt, { skip }) => {
    skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
    const { findings, objects } = operatedShop(({ web }) =>
      web.attach(
        authorization({ ...ALL, enforcedAt }),
        mtlsException({ ports: ['redis', 9000], reason: 'Scraped from outside.', mode: 'DISABLE' }),
        egress({
          hosts: [
            { host: '*.example.com' },
            { host: 'a.example', ports: [{ number: 80, protocol: 'HTTP', tls: { sni: 'b.example' } }] },
          ],
          outboundTrafficPolicy: 'REGISTRY_ONLY',
        }),
      ),
    );
    expect(findings).toEqual([]);
    const written = objects.filter(({ apiVersion }) => apiVersion.includes('istio.io'));
    expect(written.map(({ kind, metadata }) => `${kind} ${metadata.name}`).toSorted()).toEqual([
      'AuthorizationPolicy web',
      'AuthorizationPolicy web-deny',
      'DestinationRule a.example',
      'PeerAuthentication web-exception',
      'RequestAuthentication web',
      'ServiceEntry a.example',
      'ServiceEntry wildcard.example.com',
      'Sidecar web',
    ]);
    expect(written.flatMap(violations)).toEqual([]);
  },
);
