/** The client by which the stores reach Postgres. */
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';
import { statementNames } from './statement-names.ts';

/** On so many connections at most; to be disconnected. */
export const openClient = (url: string, connections: number): PrismaClient =>
  new PrismaClient({
    adapter: new PrismaPg(
      { connectionString: url, max: connections },
      { statementNameGenerator: statementNames() },
    ),
  });
