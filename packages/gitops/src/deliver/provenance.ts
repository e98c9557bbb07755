/** Where a delivery comes from: what its commits say in their trailers. */
export interface Provenance {
  /** URL of the repository that the code is in, without credentials. */
  readonly repository?: string;
  /** Commit of the code. */
  readonly commit?: string;
  /** Whether files of the code differed from that commit. */
  readonly isModified?: boolean;
  /** Who wrote that commit, as `Name <address>`. */
  readonly authors?: readonly string[];
  /** Version of Strake. */
  readonly strake?: string;
  /** Packages of definitions with their versions: `@acme/platform@1.2.0`. */
  readonly packages?: readonly string[];
  /** Why it is delivered, in the words of a person. */
  readonly reason?: string;
}
