import type { ObjectWriter, PodsFacet, StoreAccess } from '@strake/core';
import * as z from 'zod';

/** Which objects get labels or annotations. */
export type MetadataTarget = 'workload' | 'pods' | 'both';

/** The schema of that choice. */
export const metadataTargetSchema = z.enum(['workload', 'pods', 'both']);

/** The writers for the metadata of these objects. */
export function metadataOf(
  { workload, template }: PodsFacet,
  edit: StoreAccess['edit'],
  target: MetadataTarget = 'both',
): ObjectWriter[] {
  const object = edit(workload);
  return [
    ...(target === 'pods' ? [] : [object.at('metadata')]),
    ...(target === 'workload' ? [] : [object.at(template).at('metadata')]),
  ];
}
