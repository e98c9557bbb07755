export { passes, tripsOn, type RuleFixture, type RuleFixtureInput } from './rule-fixtures.ts';
