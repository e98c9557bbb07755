/** Bytes that a text with a certificate may have. One with a key of 4096 bits has 2 KiB. */
export const MOST_CERTIFICATE_BYTES = 65_536;
