import { unstable_ClassNameGenerator as ClassNameGenerator } from '@mui/material/className';

/*
 * Backstage's own components carry Material UI 4, whose class names equal those
 * of version 5. The prefix has to stand before the first version 5 module
 * computes its names, so this module is the first import of the entry point.
 */
ClassNameGenerator.configure(name =>
  name.startsWith('v5-') ? name : `v5-${name}`,
);
