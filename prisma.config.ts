/** How the Prisma command line finds the schema, the migrations and the database. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Prisma downloads its native engine after an install; where that cannot be, the one built from npm packages serves.
// Whoever has the native engine sets this variable to it.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= fileURLToPath(
  new URL('scripts/schema-engine.mjs', import.meta.url),
);

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Generating needs no database: the address is never called unless a command asks for one.
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://hearth@127.0.0.1:5432/hearth' },
});
