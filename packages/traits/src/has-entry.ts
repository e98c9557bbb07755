/** Whether an object says anything; entries that are undefined do not count. */
export function hasEntry(value: object): boolean {
  return Object.values(value).some((entry) => entry !== undefined);
}
