/** What all variants make the same: the applications, and how environments differ. */
export const ENVIRONMENTS = ['staging', 'preproduction', 'production'];

export const SETTINGS = {
  LOG_LEVEL: 'info',
  FEATURES: 'search,recommendations,gift-cards',
  'settings.yaml':
    'currency: EUR\nlocale: de-DE\nlimits:\n  items: 50\n  rate: 100/s\nupstreams:\n  - name: catalog\n    timeout: 2s\n  - name: prices\n    timeout: 500ms\n',
};

export const SIZES = {
  staging: {
    replicas: { min: 1, max: 2 },
    requests: { cpu: '50m', memory: '128Mi' },
    limits: { memory: '256Mi' },
  },
  preproduction: {
    replicas: { min: 2, max: 4 },
    requests: { cpu: '100m', memory: '256Mi' },
    limits: { memory: '512Mi' },
  },
  production: {
    replicas: { min: 3, max: 12 },
    requests: { cpu: '250m', memory: '512Mi' },
    limits: { memory: '1Gi' },
  },
};

export function applicationName(index) {
  return `app-${String(index).padStart(4, '0')}`;
}

/** Applications call each other in chains of ten. */
export function callsPrevious(index) {
  return index % 10 !== 0;
}
