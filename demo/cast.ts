/** Who plays the demo: staff, eight participants, an admin, and somebody of the same server who is in no group. */
export const CAST = {
  admin: 'Mara',
  lead: 'Lena',
  coFacilitator: 'Tomas',
  participants: ['Ana', 'Ben', 'Chidi', 'Dana', 'Eli', 'Farah', 'Gus', 'Hana'],
  outsider: 'Oskar',
} as const;

export type Participant = (typeof CAST.participants)[number];

/** Everybody, by name. */
export const EVERYBODY: readonly string[] = [
  CAST.admin,
  CAST.lead,
  CAST.coFacilitator,
  ...CAST.participants,
  CAST.outsider,
];
