// All tests of the emitter as one file, the quick ones first.
import '../../packages/gitops/src/emit.test.ts';
import '../../packages/gitops/src/emit-fuzz.test.ts';
