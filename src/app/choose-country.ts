/** Keeps whose crisis lines somebody is shown. */
import { allow, type Outcome } from '../core/outcome.ts';
import type { Store } from '../ports/store.ts';

/** Their country by their own choice; none, when missing. */
export const chooseCountry = (
  { store }: { readonly store: Store },
  account: string,
  country: string | undefined,
): Promise<Outcome<null>> =>
  store.change(async ({ people, crisisLines }) => {
    const { id } = await people.known(account);
    await crisisLines.chooseCountry(id, country);
    return allow(null);
  });
