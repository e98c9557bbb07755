export { findingsOf } from './compose.ts';
export { sortFindings } from './finding.ts';
export { FINDING_CODES } from './finding-codes.ts';
export { inputFolders } from './platform.ts';
export { parseProperties, type ParsedProperties } from './properties.ts';
