import { lazy } from '../cli/lazy';
import { Command } from '../cli/Command';

/** One command and how to load it. */
export interface CommandEntry {
  path: string[];
  description: string;
  load: () => Promise<Command>;
}

/** All commands; each is loaded only when it runs. */
export const commands: readonly CommandEntry[] = [
  {
    path: ['catalog', 'validate'],
    description: 'Check catalog files before they merge',
    load: async () => (await lazy(import('./validate'))).validate,
  },
  {
    path: ['catalog', 'snapshot'],
    description: 'Write down what the live catalog has',
    load: async () => (await lazy(import('./snapshot'))).snapshot,
  },
  {
    path: ['catalog', 'schema'],
    description: 'Print the JSON schemas of catalog files, for editors',
    load: async () => (await lazy(import('./schema'))).schema,
  },
  {
    path: ['catalog', 'rules'],
    description: 'List the rules of the check',
    load: async () => (await lazy(import('./rules'))).rules,
  },
];
