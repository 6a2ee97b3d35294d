/** What the stores write with: inside a transaction, or the client itself for looking. */
import type { Prisma } from './generated/client.ts';

export type Transaction = Prisma.TransactionClient;
