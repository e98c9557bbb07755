/** Whether a minor version of Kubernetes, such as `1.34`, is another one or came after it. */
export function isAtLeast(version: string, other: string): boolean {
  const [major, minor] = numbersOf(version);
  const [otherMajor, otherMinor] = numbersOf(other);
  return major === otherMajor ? minor >= otherMinor : major > otherMajor;
}

function numbersOf(version: string): readonly [major: number, minor: number] {
  const [, major = '0', minor = '0'] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return [Number(major), Number(minor)];
}
