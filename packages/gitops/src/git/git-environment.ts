import type { GitLocation } from './git-location.ts';

/** Environment variables of a process, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that git gets, where they are set. Everything else of the caller's environment stays with it. */
const PASSED: ReadonlySet<string> = new Set(
  `
  PATH HOME USER LOGNAME SHELL TMPDIR TEMP TMP TZ XDG_CONFIG_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR
  DBUS_SESSION_BUS_ADDRESS SSH_AUTH_SOCK SSH_AGENT_PID SSH_ASKPASS DISPLAY GNUPGHOME GPG_TTY
  GPG_AGENT_INFO GIT_SSH GIT_SSH_COMMAND GIT_SSH_VARIANT GIT_ASKPASS GIT_EXEC_PATH
  GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM GIT_CONFIG_COUNT GIT_AUTHOR_NAME
  GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_SSL_CAINFO GIT_SSL_CAPATH
  GIT_SSL_CERT GIT_SSL_KEY SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE HTTP_PROXY HTTPS_PROXY
  NO_PROXY ALL_PROXY SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT APPDATA LOCALAPPDATA PROGRAMDATA
  PROGRAMFILES USERPROFILE HOMEDRIVE HOMEPATH USERNAME
  `
    .trim()
    .split(/\s+/),
);
const PASSED_NUMBERED = /^GIT_CONFIG_(?:KEY|VALUE)_\d+$/;

/** What holds for every call of git, whatever the user's configuration says. */
export function pinnedSettings(protocol: GitLocation['protocol']): readonly string[] {
  return [
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'gc.auto=0',
    'maintenance.auto=false',
    'fetch.recurseSubmodules=false',
    'push.recurseSubmodules=no',
    'push.followTags=false',
    'push.gpgSign=false',
    'log.showSignature=false',
    'user.useConfigOnly=true',
    'protocol.allow=never',
    'protocol.https.allow=always',
    'protocol.ssh.allow=always',
    `protocol.file.allow=${protocol === 'file' ? 'always' : 'never'}`,
    `protocol.http.allow=${protocol === 'http' ? 'always' : 'never'}`,
  ].flatMap((setting) => ['-c', setting]);
}

/** The environment of every call of git. It never asks a person, and says what it says in English. */
export function gitEnvironment(variables: Variables): Record<string, string> {
  const passed = Object.entries(variables).flatMap(([name, value]) =>
    value !== undefined && (PASSED.has(name.toUpperCase()) || PASSED_NUMBERED.test(name))
      ? [[name, value] as const]
      : [],
  );
  return {
    ...Object.fromEntries(passed),
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GCM_INTERACTIVE: 'never',
  };
}
