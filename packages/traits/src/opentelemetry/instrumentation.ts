import * as z from 'zod';

/** What the OpenTelemetry operator puts into pods (github.com/open-telemetry/opentelemetry-operator). */
export interface InstrumentationProperties {
  /** Language of the image's program. */
  readonly language: (typeof LANGUAGES)[number];
  /**
   * Instrumentation object that says how, as `name` or `namespace/name`.
   * @default - the only one of the namespace
   */
  readonly instrumentation?: string;
  /**
   * Path of the program, which `go` needs: `/app/web`.
   * @default - none
   */
  readonly targetExe?: string;
}

const LANGUAGES = ['java', 'nodejs', 'python', 'dotnet', 'go', 'sdk'] as const;

/** The schema of an instrumentation. */
export const instrumentationSchema = z
  .strictObject({
    language: z.enum(LANGUAGES),
    instrumentation: z
      .string()
      .regex(
        /^([a-z0-9]([-a-z0-9]*[a-z0-9])?\/)?[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/,
        'a name, or `namespace/name`',
      )
      .optional(),
    targetExe: z.string().startsWith('/', 'a path that starts with `/`').optional(),
  })
  .refine(({ language, targetExe }) => (language === 'go') === (targetExe !== undefined), {
    path: ['targetExe'],
    error: "the program's path for `go`, and for no other language",
  });

/** The annotations of pods that ask the operator for it. */
export function instrumentationAnnotations(
  { language, instrumentation = 'true', targetExe }: z.output<typeof instrumentationSchema>,
  container: string,
) {
  const prefix = 'instrumentation.opentelemetry.io';
  return {
    [`${prefix}/inject-${language}`]: instrumentation,
    [`${prefix}/container-names`]: container,
    ...(targetExe !== undefined && { [`${prefix}/otel-go-auto-target-exe`]: targetExe }),
  };
}
