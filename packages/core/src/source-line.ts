/** A line of the user's code. `file` is as the runtime names it: a path or a `file:` URL. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Remembers where a call came from; the text is made only when somebody reads it. */
export interface Origin {
  readonly stack?: string;
  /** Constructors between the call and the code that remembers it. */
  readonly constructors?: readonly string[];
}

/** The class or function whose caller is wanted. */
export type Callee =
  | ((...parameters: never[]) => unknown)
  | (abstract new (...parameters: never[]) => unknown);

/** Remembers the line that called `callee`. */
export function originOf(callee: Callee): Origin {
  const origin: Origin = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(origin, callee);
  Error.stackTraceLimit = limit;
  return origin;
}

/** Remembers the line that constructed an object of `newTarget`, a class that extends `base`. */
export function originOfNew(newTarget: object, base: Callee): Origin {
  const constructors: string[] = [];
  for (let at: unknown = newTarget; typeof at === 'function' && at !== base; at = Object.getPrototypeOf(at)) {
    constructors.push(at.name);
  }
  const origin: Origin = { constructors };
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1 + constructors.length;
  Error.captureStackTrace(origin, base);
  Error.stackTraceLimit = limit;
  return origin;
}

/** The inner of two calls where it stands within the outer one, as `attach(replicas({ ... }))`, else the outer one. */
export function closerOrigin(outer: Origin, inner: Origin): Origin {
  return {
    get stack() {
      const [left, right] = [sourceLine(outer), sourceLine(inner)];
      const isWithin = left?.file === right?.file && (right?.line ?? 0) >= (left?.line ?? 0);
      const { stack } = isWithin ? inner : outer;
      return stack ?? '';
    },
  };
}

/** The line that an origin remembers, or undefined when the runtime did not know it. */
export function sourceLine(origin: Origin | undefined): SourceLine | undefined {
  const { stack = '', constructors = [] } = origin ?? {};
  const frames = framesOf(stack);
  return firstLine(
    frames.find((frame) => !constructors.some((name) => frame.includes(` new ${name} (`))) ?? '',
  );
}

/** The first line of an error's stack that stands in code of the user's own. */
export function sourceLineOfError(error: Error): SourceLine | undefined {
  const frames = framesOf(error.stack ?? '');
  return firstLine(frames.find((frame) => !NOT_THE_USERS.test(frame)) ?? '');
}

const FRAME = /\(?((?:file:\/\/)?[^\s()]+):(\d+):(\d+)\)?$/m;
const NOT_THE_USERS =
  /node:|\/node_modules\/|\/@?strake[^/]*\/(?:dist|src)\/|\/packages\/[^/]+\/(?:dist|src)\//;

/** The lines of a stack that are frames; a message may be long, and is none. */
function framesOf(stack: string): string[] {
  return stack
    .split('\n')
    .filter((line) => line.length < MAX_FRAME && /^\s+at /.test(line) && FRAME.test(line));
}

const MAX_FRAME = 4096;

function firstLine(stack: string): SourceLine | undefined {
  const match = FRAME.exec(stack);
  if (match?.[1] === undefined) return undefined;
  return { file: match[1], line: Number(match[2]), column: Number(match[3]) };
}
