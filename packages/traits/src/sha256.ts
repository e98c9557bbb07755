/** Round constants: the first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4). */
const ROUNDS = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
];
const START = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/** The SHA-256 of a text in UTF-8, as hexadecimal digits. This package touches nothing of Node, its hashes included. */
export function sha256(text: string): string {
  const bytes = padded(new TextEncoder().encode(text));
  let state = START;
  for (let offset = 0; offset < bytes.byteLength; offset += 64) state = compressed(state, bytes, offset);
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function padded(message: Uint8Array): DataView {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  return view;
}

function compressed(state: readonly number[], bytes: DataView, offset: number): number[] {
  const words = schedule(bytes, offset);
  let [one = 0, two = 0, three = 0, four = 0, five = 0, six = 0, seven = 0, eight = 0] = state;
  for (const [index, constant] of ROUNDS.entries()) {
    const choice = (five & six) ^ (~five & seven);
    const first = eight + rotated(five, [6, 11, 25]) + choice + constant + (words[index] ?? 0);
    const majority = (one & two) ^ (one & three) ^ (two & three);
    const second = rotated(one, [2, 13, 22]) + majority;
    [eight, seven, six, five] = [seven, six, five, (four + first) | 0];
    [four, three, two, one] = [three, two, one, (first + second) | 0];
  }
  const end = [one, two, three, four, five, six, seven, eight];
  return state.map((word, index) => (word + (end[index] ?? 0)) | 0);
}

function schedule(bytes: DataView, offset: number): readonly number[] {
  const words = Array.from({ length: 16 }, (_, index) => bytes.getInt32(offset + index * 4));
  for (let index = 16; index < ROUNDS.length; index += 1) {
    const [far = 0, near = 0] = [words[index - 15], words[index - 2]];
    const low = rotated(far, [7, 18]) ^ (far >>> 3);
    const high = rotated(near, [17, 19]) ^ (near >>> 10);
    words.push(((words[index - 16] ?? 0) + low + (words[index - 7] ?? 0) + high) | 0);
  }
  return words;
}

/** The exclusive or of a word that is turned to the right by each of some counts of bits. */
function rotated(word: number, counts: readonly number[]): number {
  return counts.reduce((all, count) => all ^ ((word >>> count) | (word << (32 - count))), 0);
}
