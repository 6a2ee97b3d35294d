/** Somebody known to Hearth. No name is kept: Discord shows it where a person is mentioned. */
export interface Person {
  readonly id: string;
  /** Discord's id of the account; once they were erased, one that is nobody's. */
  readonly account: string;
}

/** Digits of an account that is nobody's, the first of which is 0: Discord never gives one like that to anybody. */
export const NOBODYS_DIGITS = 20;

/** Whether an account is nobody's, because whose it was has been erased. */
export const isNobodys = (account: string): boolean =>
  account.length === NOBODYS_DIGITS && account.startsWith('0');
