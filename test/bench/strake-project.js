import { Config, VolumeClaim, WebService } from '@strake/components';
import { Application, defineConfig, defineOperations, from, Platform } from '@strake/core';
import { mesh, network } from '@strake/scopes';
import { autoscale, probes, resources, spread } from '@strake/traits';
import { applicationName, callsPrevious, ENVIRONMENTS, SETTINGS, SIZES } from './fleet.js';

/** A class of its own for every application, as real projects have them, each with operations of its own. */
export function strakeConfig(applications, environments) {
  const classes = {};
  const operations = [];
  let previous;
  for (let index = 0; index < applications; index++) {
    const defined = applicationClass(index, callsPrevious(index) ? previous : undefined);
    classes[applicationName(index)] = defined;
    operations.push(defineOperations(defined, operate));
    previous = defined;
  }
  return defineConfig({
    project: 'bench',
    platform: platform(environments),
    applications: classes,
    operations,
  });
}

function applicationClass(index, callee) {
  return class extends Application {
    settings = new Config(this, 'settings', { data: SETTINGS });
    data = new VolumeClaim(this, 'data', { size: '5Gi', accessModes: ['ReadWriteMany'] });
    web = webService(this, index, callee);
  };
}

function webService(application, index, callee) {
  const { settings, data } = application;
  const web = new WebService(application, 'web', {
    image: `registry.example.com/team-${index % 40}/${applicationName(index)}:1.4.${index}`,
    args: ['--listen', ':8080', '--config', '/etc/web/settings.yaml'],
    ports: { http: { port: 80, containerPort: 8080 } },
    env: { LOG_LEVEL: settings.key('LOG_LEVEL'), JAVA_OPTS: '-XX:MaxRAMPercentage=75 -Dfile.encoding=UTF-8' },
    mounts: { '/etc/web': settings, '/var/lib/web': data },
  });
  return callee === undefined ? web : web.connectTo(from(callee).web, { env: 'UPSTREAM' });
}

/** Four traits. */
function operate({ web }, { tier }) {
  const { requests, limits, replicas } = SIZES[tier];
  web.attach(
    autoscale({ ...replicas, cpu: 75 }),
    resources({ requests, limits }),
    probes({
      readiness: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 },
      liveness: { httpGet: { path: '/live', port: 'http' }, initialDelaySeconds: 20 },
    }),
    spread({ by: 'topology.kubernetes.io/zone' }),
  );
}

/** Two scopes. */
function platform(environments) {
  return new Platform('bench', {
    environments: Object.fromEntries(
      ENVIRONMENTS.slice(0, environments).map((name) => [name, { tier: name, kubernetes: '1.34' }]),
    ),
  })
    .supply(mesh({ mode: 'ambient' }))
    .supply(network());
}
