// Relay reads documents from modules only: writes one for each file of ../operations.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

const from = new URL('../operations/', import.meta.url);
const to = new URL('src/operations/', import.meta.url);
rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });
mkdirSync(new URL('src/__generated__/', import.meta.url), { recursive: true });
for (const file of readdirSync(from)) {
  const document = readFileSync(new URL(file, from), 'utf8');
  const module = `import { graphql } from 'relay-runtime';\n\nexport default graphql\`\n${document}\`;\n`;
  writeFileSync(new URL(file.replace('.graphql', '.ts'), to), module);
}
