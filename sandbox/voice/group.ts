/** Keeps who has which leaf of a group, and what has been proposed and not been taken up. */
import type { Snowflake } from '../world.ts';

/** Somebody to be let in, or to be put out of a leaf. */
export type Proposal =
  | { readonly kind: 'add'; readonly userId: Snowflake; readonly message: Buffer }
  | { readonly kind: 'remove'; readonly userId: Snowflake; readonly leaf: number; readonly message: Buffer };

/** A group at one of its epochs; blank leaves are null. Not yet established: nobody has committed anything. */
export type Group = {
  readonly epoch: bigint;
  readonly established: boolean;
  readonly leaves: readonly (Snowflake | null)[];
  readonly proposals: readonly Proposal[];
};

/** Before anybody is in it. */
export const NOBODY: Group = { epoch: 0n, established: false, leaves: [], proposals: [] };

/** Members, in the order of their leaves. */
export const membersOf = ({ leaves }: Group): readonly Snowflake[] => leaves.filter((leaf) => leaf !== null);

/** What a commit must take up: everything, but whoever begins a group needs not be added to it. */
export const dueFor = ({ established, proposals }: Group, committer: Snowflake): readonly Proposal[] =>
  proposals.filter(({ kind, userId }) => established || kind === 'remove' || userId !== committer);

/** Without what was proposed of somebody to be let in, and what that was. */
export const withoutAdding = (
  group: Group,
  userId: Snowflake,
): { readonly group: Group; readonly withdrawn: readonly Proposal[] } => {
  const isAdding = (proposal: Proposal): boolean => proposal.kind === 'add' && proposal.userId === userId;
  return {
    group: { ...group, proposals: group.proposals.filter((proposal) => !isAdding(proposal)) },
    withdrawn: group.proposals.filter(isAdding),
  };
};

/** A newcomer takes the leftmost blank leaf (RFC 9420, section 7.7). */
const seat = (leaves: readonly (Snowflake | null)[], userId: Snowflake): readonly (Snowflake | null)[] => {
  const blank = leaves.indexOf(null);
  return blank < 0 ? [...leaves, userId] : leaves.with(blank, userId);
};

/** The group after a commit that took up these. */
export const committed = (group: Group, committer: Snowflake, taken: readonly Proposal[]): Group => {
  const begun = group.established ? group.leaves : [committer];
  const emptied = taken.reduce<readonly (Snowflake | null)[]>(
    (leaves, proposal) => (proposal.kind === 'remove' ? leaves.with(proposal.leaf, null) : leaves),
    begun,
  );
  const added = taken.filter(({ kind }) => kind === 'add');
  return {
    epoch: group.epoch + 1n,
    established: true,
    leaves: added.reduce((leaves, { userId }) => seat(leaves, userId), emptied),
    proposals: [],
  };
};
