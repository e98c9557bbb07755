import type { TraitContext } from '@strake/core';

type Problem = Parameters<TraitContext['report']>[0];

/** What makes cert-manager issue a certificate for an ingress by itself (cert-manager.io, Annotated Ingress resource). */
const ISSUERS = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'];

/** Annotations that do not do what they seem to. */
export function misleadingAnnotations(
  annotations: Readonly<Record<string, string>>,
  { hasCertificate, hasTls }: { readonly hasCertificate: boolean; readonly hasTls: boolean },
): Problem[] {
  const problems: Problem[] = [];
  if (CLASS in annotations) problems.push(OLD_CLASS);
  for (const key of ISSUERS.filter((each) => each in annotations)) {
    if (hasCertificate) problems.push(issuedTwice(key));
    else if (!hasTls) problems.push(neverIssued(key));
  }
  return problems;
}

const CLASS = 'kubernetes.io/ingress.class';

const OLD_CLASS: Problem = {
  code: 'property-invalid',
  written: `\`annotations\` of \`ingress\` has \`${CLASS}\``,
  allowed: '`ingressClassName`, whose forerunner it is; Kubernetes refuses both together',
  fix: 'Give `ingressClassName`.',
};

function issuedTwice(key: string): Problem {
  return {
    code: 'property-invalid',
    written: `\`annotations\` of \`ingress\` has \`${key}\` beside a \`certificate\``,
    allowed: 'one of the two: with both, two certificates are kept in one Secret and renewed without end',
    fix: 'Remove the annotation.',
  };
}

function neverIssued(key: string): Problem {
  return {
    code: 'property-invalid',
    severity: 'warning',
    written: `\`annotations\` of \`ingress\` has \`${key}\` without \`tls\``,
    allowed: '`tls: { secretName }`: cert-manager issues what `tls` names',
    fix: 'Give `tls`, or attach `certificate` instead.',
  };
}
