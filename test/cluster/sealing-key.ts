import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../files.ts';

const FOLDER = join(ROOT, 'examples', 'cart', 'sealing-key');

/** The key pair that the example of the cart was sealed for, as the controller keeps its own. */
export function sealingKey(): string {
  const file = (name: string): string => readFileSync(join(FOLDER, name)).toString('base64');
  return `
apiVersion: v1
kind: Secret
metadata:
  name: sealing-key
  namespace: kube-system
  labels: { sealedsecrets.bitnami.com/sealed-secrets-key: active }
type: kubernetes.io/tls
data:
  tls.crt: ${file('example-only.crt')}
  tls.key: ${file('example-only.key')}
`;
}
