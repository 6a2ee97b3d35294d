/** Who plays in the tests: accounts of one server, and its id. */
export const GUILD = '200000000000000001';
/** A channel that belongs to no cohort. */
export const LOBBY = '200000000000000002';
export const ADMIN = '100000000000000001';
export const LEAD = '100000000000000002';
export const CO_FACILITATOR = '100000000000000003';
export const ANA = '100000000000000011';
export const BEN = '100000000000000012';
export const CLEO = '100000000000000013';
export const OUTSIDER = '100000000000000090';
export const ROBOT = '100000000000000099';
