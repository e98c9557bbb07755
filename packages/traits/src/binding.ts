import { Claim, type Component } from '@strake/core';
import * as z from 'zod';
import { objectName } from './object-name.ts';
import { claimedKeys, claimSchema } from './secret-key.ts';

/** A service that is reached by what a Secret holds. Exactly one of `claim` and `secret` is given. */
export interface BindingProperties {
  /**
   * Component that claims the Secret.
   * @default - as `secret` says
   */
  readonly claim?: Component<'claim'>;
  /**
   * Name of a Secret that somebody else makes.
   * @default - as `claim` says
   */
  readonly secret?: string;
  /**
   * What sort of service it is, as a file `type`: `postgresql`.
   * @default - the key `type` of the Secret
   */
  readonly type?: string;
  /**
   * Who runs it, as a file `provider`: `cnpg`.
   * @default - the key `provider` of the Secret, if it has one
   */
  readonly provider?: string;
  /**
   * Keys by the variables that they become: `{ PGPASSWORD: 'password' }`.
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Keys that are files; `true` are all, `false` none.
   * @default - all, or none where there is `env` and no `type`
   */
  readonly files?: boolean | readonly string[];
}

const key = z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/, 'a key of letters, digits, `-`, `_` and `.`');

/** The schema of a binding. */
export const bindingSchema = z
  .strictObject({
    claim: claimSchema.optional(),
    secret: objectName.optional(),
    type: z.string().min(1).optional(),
    provider: z.string().min(1).optional(),
    env: z
      .record(z.string().regex(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/, 'a name such as `PGPASSWORD`'), key)
      .readonly()
      .optional(),
    files: z.union([z.boolean(), z.array(key).min(1).readonly()]).optional(),
  })
  .refine(({ claim, secret }) => (claim === undefined) !== (secret === undefined), {
    path: ['secret'],
    error: 'exactly one of `claim` and `secret`',
  })
  .refine(({ claim, env = {} }) => hasKeys(claim, Object.values(env)), {
    path: ['env'],
    error: 'keys that the claim has',
  })
  .refine(({ claim, files }) => hasKeys(claim, Array.isArray(files) ? files : []), {
    path: ['files'],
    error: 'keys that the claim has',
  })
  .refine(({ claim, ...rest }) => claim === undefined || !hasFiles(rest) || hasType(claim, rest.type), {
    path: ['type'],
    error: 'the sort of service: the claim has no key `type`',
  });

export type Binding = z.output<typeof bindingSchema>;

/** Name of the Secret that a service is reached by. */
export function boundSecret({ claim, secret = '' }: Binding): string {
  return claim === undefined ? secret : Claim.of(claim).name;
}

/** Whether keys become files: where nothing else is asked for, or where files are. */
export function hasFiles({ files, env, type }: Omit<BindingProperties, 'claim'>): boolean {
  return files === undefined ? env === undefined || type !== undefined : files !== false;
}

function hasKeys(claim: Component<'claim'> | undefined, keys: readonly string[]): boolean {
  return claim === undefined || keys.every((each) => claimedKeys(claim).includes(each));
}

function hasType(claim: Component<'claim'>, type: string | undefined): boolean {
  return type !== undefined || claimedKeys(claim).includes('type');
}
