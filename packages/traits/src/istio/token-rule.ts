import * as z from 'zod';

/** Tokens that are checked where a request brings one (istio.io: RequestAuthentication, JWTRule). */
export interface TokenRuleProperties {
  /** Who issues them: `https://accounts.example.com`. */
  readonly issuer: string;
  /**
   * Where the issuer's public keys are.
   * @default - as the issuer's OpenID configuration says
   */
  readonly jwksUri?: string;
  /**
   * For whom they must be.
   * @default - for the name of the Service
   */
  readonly audiences?: readonly string[];
  /**
   * Whether the component gets the token too.
   * @default false
   */
  readonly forwardOriginalToken?: boolean;
}

/** The schema of tokens. */
export const tokenRulesSchema = z
  .array(
    z.strictObject({
      issuer: z.string().min(1),
      jwksUri: z
        .url({ protocol: /^https?$/, error: 'a URL such as `https://accounts.example.com/keys`' })
        .optional(),
      audiences: z.array(z.string().min(1)).min(1).readonly().optional(),
      forwardOriginalToken: z.boolean().optional(),
    }),
  )
  .min(1)
  .readonly();
