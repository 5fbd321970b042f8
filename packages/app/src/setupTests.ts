import '@testing-library/jest-dom';
import { configure } from '@testing-library/dom';

// Pages load when they are first shown: a busy machine takes its time for that.
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);
