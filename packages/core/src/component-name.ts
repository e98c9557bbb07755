import { hidden } from './hidden.ts';

/** The name of a component's objects, where it is not the component's id. */
export const componentName = hidden<string>('component-name');
