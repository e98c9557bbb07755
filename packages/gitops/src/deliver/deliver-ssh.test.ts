import { beforeEach, describe, expect, test } from 'vitest';
import { gitRemote, type GitRemote } from '../../../../test/git-remote.ts';
import { planOf } from '../../../../test/laws/plans.ts';
import { serveSsh, sshProgram, type SshServer } from '../../../../test/ssh-server.ts';
import { temporary } from '../../../../test/temporary.ts';
import { readLog } from '../log/read-log.ts';
import { deliver } from './deliver.ts';

const program = sshProgram();
if ('missing' in program) console.log(`skipped the tests over SSH: ${program.missing}`);

const STAGING = 'environments/staging/cart/configmap-map.yaml';

describe.skipIf('missing' in program)('over SSH', () => {
  const outer = temporary();
  let remote: GitRemote;
  let server: SshServer;
  beforeEach(async () => {
    remote = gitRemote(outer());
    server = await serveSsh('folder' in program ? program.folder : '', outer());
    return () => server.close();
  });

  function options(path: string = server.path()) {
    return { repository: `${server.url}${remote.folder}`, variables: { ...remote.variables, PATH: path } };
  }

  const first = planOf('cart', { 'staging/cart/map': 'one', 'production/cart/map': 'one' });

  test('a key delivers, by push and by pull-request branch; what is gone is removed, and nothing is done twice', async () => {
    const modeOf = (name: string) => (name === 'production' ? 'pull-request' : 'push');
    const { environments, findings } = await deliver(first, { ...options(), modeOf });
    expect(environments.map(({ outcome }) => outcome)).toEqual(['proposed', 'delivered']);
    expect(findings).toMatchObject([{ code: 'pull-request-unopened' }]);
    expect(remote.text(STAGING)).toContain('one');
    expect(remote.files('strake/cart/production')).toContain(STAGING.replace('staging', 'production'));
    const again = await deliver(first, { ...options(), modeOf });
    expect(again.environments.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
    await deliver(planOf('cart', { 'staging/cart/other': 'two' }), options());
    expect(remote.files()).not.toContain(STAGING);
    const logged: string[] = [];
    await readLog(options(), ({ message }) => (logged.push(message.split('\n', 1)[0] ?? ''), 'go on'));
    expect(logged).toEqual(['Deliver cart to staging', 'Deliver cart to staging']);
    remote.git('fsck', '--strict');
  });

  test('a server whose key nobody has checked, and one that does not know us, are refused without a question', async () => {
    const unknown = await deliver(first, options(server.path({ isKnown: false })));
    expect(unknown).toMatchObject({
      environments: [],
      findings: [{ code: 'repository-denied', fix: expect.stringContaining('known_hosts') }],
    });
    const stranger = await deliver(first, options(server.path({ key: 'stranger' })));
    expect(stranger).toMatchObject({ environments: [], findings: [{ code: 'repository-denied' }] });
    const missing = await deliver(first, { ...options(), repository: `${server.url}/nowhere.git` });
    expect(missing).toMatchObject({ environments: [], findings: [{ code: 'repository-missing' }] });
    expect(remote.messages()).toHaveLength(1);
  });
});
