/** What the exit code of every command means. */
export const EXIT = {
  /** Done, and nothing is wrong. */
  done: 0,
  /** The repository, or a cluster, differs from the render (`--verify`, `diff`). */
  differs: 1,
  /** There are errors among the findings, or the command line is wrong; nothing was written. */
  failed: 2,
  /** A defect of Strake itself. */
  defect: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
