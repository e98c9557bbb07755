// All tests of the writes as one file, so that a mutant loads the modules once: the quick ones, then those of many samples.
import '../../packages/core/src/writes/operations.test.ts';
import '../../packages/core/src/writes/settle.test.ts';
import '../../packages/core/src/writes/layered-object.test.ts';
import '../../packages/core/src/writes/object-store.test.ts';
import '../../packages/core/src/writes/finding-texts.test.ts';
import '../../packages/core/src/writes/problem.test.ts';
import '../../packages/core/src/writes/unions.test.ts';
import '../../packages/core/src/writes/history.test.ts';
import '../../packages/core/src/writes/differences.test.ts';
import '../../packages/core/src/writes/withhold.test.ts';
import '../../packages/core/src/writes/path.test.ts';
import '../../packages/core/src/writes/writers-at.test.ts';
import '../../packages/core/src/writes/stray-elements.test.ts';
import '../writes.history.test.ts';
import '../writes.differential.test.ts';
