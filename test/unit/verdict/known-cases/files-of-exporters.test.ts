import { describe } from 'vitest';
import { FILES_OF_EXPORTERS } from './files-of-exporters.ts';
import { testCases } from './known-case.ts';

describe('no login of a file is surely judged by what its exporter left out', () => {
  testCases(FILES_OF_EXPORTERS);
});
