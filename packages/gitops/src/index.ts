export type { Change, ChangeKind } from './changes.ts';
export { emit, type Comments } from './emit.ts';
export { plan, type FilePlace, type Plan, type PlannedFile, type PlanOptions } from './plan.ts';
export { write, type WriteOptions, type WriteResult } from './write.ts';
