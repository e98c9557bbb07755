import * as fc from 'fast-check';

// A mutant is killed by one failing sample; the smallest one is of no interest.
fc.configureGlobal({ endOnFailure: true });
