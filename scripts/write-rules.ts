/** Writes what is made from the words of guidance: `docs/rules.md`, `docs/rules.ko.md` and `utils/guidance/texts.ts`. */
import { writeFileSync } from 'node:fs';
import { rulesDocument, RULES_DOCUMENTS, textsFile, TEXTS_FILE } from './rules-document.ts';

for (const { language, file } of RULES_DOCUMENTS)
  writeFileSync(file, await rulesDocument(language));
writeFileSync(TEXTS_FILE, await textsFile());
